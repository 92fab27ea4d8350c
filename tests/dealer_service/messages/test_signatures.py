"""The reference servers judge signatures as the providers publish them."""

import unittest

from ...providers import aliyun, tencent


class TestSignatures(unittest.TestCase):
    def test_aliyun_published_example(self):
        """The example of “V3 request structure and signature” in Aliyun's pages."""
        headers = {
            "host": "ecs.cn-shanghai.aliyuncs.com",
            "x-acs-action": "RunInstances",
            "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb924"
            "27ae41e4649b934ca495991b7852b855",
            "x-acs-date": "2023-10-26T10:22:32Z",
            "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
            "x-acs-version": "2014-05-26",
        }
        pairs = [
            ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"),
            ("RegionId", "cn-shanghai"),
        ]
        self.assertEqual(
            aliyun.signature(
                "YourAccessKeySecret",
                "POST",
                "/",
                pairs,
                headers,
                sorted(headers),
                headers["x-acs-content-sha256"],
            ),
            "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
        )

    def test_tencent_published_examples(self):
        """Both examples of “Signature v3” in Tencent Cloud's pages: with the headers
        that must be signed, and with the action besides."""
        payload = (
            rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], '
            rb'"Name": "instance-name"}]}'
        )
        headers = {
            "content-type": "application/json; charset=utf-8",
            "host": "cvm.tencentcloudapi.com",
            "x-tc-action": "DescribeInstances",
        }
        for secret, signed, given in (
            (
                "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
                ["content-type", "host"],
                "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
            ),
            (
                "*" * 32,
                ["content-type", "host", "x-tc-action"],
                "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
            ),
        ):
            self.assertEqual(
                tencent.signature(secret, "cvm", 1551113065, headers, signed, payload),
                given,
            )
