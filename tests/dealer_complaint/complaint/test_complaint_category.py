"""The tree of what complaints are about."""

from ...complaint_common import DealerComplaintCase


class TestComplaintCategory(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("zh_CN")
        above = self.env["dealer.complaint.category"].create({"name": "Upper"})
        self.part = above.create({"name": "Lower", "parent_id": above.id})
        above.with_context(lang="zh_CN").name = "上层"
        self.part.with_context(lang="zh_CN").name = "下层"

    def test_the_whole_path_is_named_in_the_readers_language(self):
        self.assertEqual(self.part.display_name, "Upper / Lower")
        chinese = self.part.with_context(lang="zh_CN")
        self.assertEqual(chinese.display_name, "上层 / 下层")

    def test_a_category_is_found_by_its_name_in_the_readers_language(self):
        categories = self.env["dealer.complaint.category"]
        found = categories.with_context(lang="zh_CN").name_search("下层")
        self.assertEqual([row[0] for row in found], self.part.ids)

    def test_list_shows_the_full_name_in_the_language_of_the_reader(self):
        arch = self.env["dealer.complaint.category"].get_view(view_type="list")["arch"]
        self.assertIn('name="display_name"', arch)
        self.assertNotIn("complete_name", arch)
