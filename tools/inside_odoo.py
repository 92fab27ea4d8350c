"""What the sandbox does inside Odoo, in a process of Odoo's own Python.

    python tools/inside_odoo.py core     DATABASE MODULE...   China, what we build on
    python tools/inside_odoo.py install  DATABASE MODULE...   our addons, no demo
    python tools/inside_odoo.py upgrade  DATABASE MODULE...   the same, changed
    python tools/inside_odoo.py demo     DATABASE MODULE...   their demo data only
    python tools/inside_odoo.py export   DATABASE FOLDER MODULE...   .pot and zh_CN.po

The configuration comes from ODOO_RC, the server from the PG* variables.
"""

import contextlib
import sys
from pathlib import Path

import odoo.api
from odoo import SUPERUSER_ID
from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.translate import trans_export

LANGUAGE = "zh_CN"
TIMEZONE = "Asia/Shanghai"


@contextlib.contextmanager
def environment(database, **update):
    """An environment of the superuser, committed at the end of the block."""
    registry = Registry.new(database, **update) if update else Registry(database)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, SUPERUSER_ID, {})


def core(database, *modules):
    """A company in China, then the modules that ours depend on, without demo data.

    The country is set before the accounting modules come: they choose the chart of
    accounts by it. So is the language, whose translations come with each module.
    """
    with environment(database, update_module=True, new_db_demo=False) as env:
        env["res.lang"]._activate_lang(LANGUAGE)
        installed = env["ir.module.module"].search([("state", "=", "installed")])
        installed._update_translations([LANGUAGE])
        china, yuan = env.ref("base.cn"), env.ref("base.CNY")
        yuan.active = True
        env.company.write({"country_id": china.id, "currency_id": yuan.id})
        env.company.partner_id.write({"lang": LANGUAGE, "tz": TIMEZONE})
        everyone = env["res.users"].with_context(active_test=False).search([])
        everyone.write({"tz": TIMEZONE})
        env.ref("base.user_admin").lang = LANGUAGE
        env["ir.default"].set("res.partner", "lang", LANGUAGE)
        env["ir.default"].set("res.partner", "tz", TIMEZONE)
    with environment(database, install_modules=modules) as env:
        if env.company.chart_template != "cn":
            env["account.chart.template"].try_loading("cn", env.company)
        calendars = env["resource.calendar"].with_context(active_test=False).search([])
        calendars.write({"tz": TIMEZONE})
        # The sandbox works offline: nothing asks the publisher for news.
        news = env.ref("mail.ir_cron_module_update_notification", False)
        if news:
            news.active = False


def install(database, *modules):
    """Our addons, without demo data; scripts and styles as the browser loads them.

    Otherwise each test with a browser would make the bundles again: what it makes is
    rolled back with it.
    """
    with environment(database, install_modules=modules) as env:
        expect_installed(env, modules)
        env["ir.qweb"]._pregenerate_assets_bundles()


def upgrade(database, *modules):
    """Our addons as they are now; demo data that is there is brought up to date."""
    update = {"upgrade_modules": modules, "install_modules": modules}
    with environment(database, **update) as env:
        expect_installed(env, modules)
        ours = env["ir.module.module"].search([("name", "in", modules)])
        new = ours.filtered(lambda module: not module.demo)
        without_demo = [module.name for module in new] if new != ours else []
    if without_demo:
        demo(database, *without_demo)


def expect_installed(env, modules):
    """Odoo leaves out what it cannot install with no more than a warning."""
    states = env["ir.module.module"].search_fetch([("name", "in", modules)], ["state"])
    installed = states.filtered(lambda module: module.state == "installed")
    missing = set(modules) - set(installed.mapped("name"))
    if missing:
        sys.exit(f"not installed: {', '.join(sorted(missing))}")


def demo(database, *modules):
    """The demo data of our addons only.

    Odoo's own switch loads the demo data of every module, which is of an American
    furniture shop. The mark on our modules makes Odoo keep their demo data up to
    date when they are upgraded.
    """
    with environment(database) as env:
        graph = ModuleGraph(env.cr, mode="load")
        installed = [("state", "=", "installed")]
        graph.extend(env["ir.module.module"].search(installed).mapped("name"))
        for package in graph:
            if package.name in modules:
                load_data(env(su=True), {}, "init", kind="demo", package=package)
        marked = env["ir.module.module"].search([("name", "in", modules)])
        marked.write({"demo": True})


def export(database, folder, *modules):
    """The terms of `modules` as they are in the code, and their translations."""
    with environment(database) as env:
        for module in modules:
            for language, name in ((None, f"{module}.pot"), (LANGUAGE, f"{module}.po")):
                with Path(folder, name).open("wb") as file:
                    trans_export(language, [module], file, "po", env)


if __name__ == "__main__":
    action, *arguments = sys.argv[1:]
    config.parse_config(["--no-http", "--stop-after-init"], setup_logging=True)
    {f.__name__: f for f in (core, install, upgrade, demo, export)}[action](*arguments)
