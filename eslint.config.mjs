/* What Odoo's own configuration asks of JavaScript, and functions that fit on a screen. */
const readonly = (names) => Object.fromEntries(names.split(" ").map((name) => [name, "readonly"]));

const BROWSER = `addEventListener AbortController atob Blob clearInterval clearTimeout console
    createImageBitmap CustomEvent DataTransfer document DOMParser Event fetch File FileReader FormData
    getComputedStyle HTMLElement Image KeyboardEvent localStorage location MouseEvent
    navigator performance PointerEvent removeEventListener requestAnimationFrame
    ResizeObserver setInterval setTimeout URL URLSearchParams window`.replace(/\s+/g, " ");
const ODOO = "Chart luxon odoo";

export default [
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: readonly(`${BROWSER} ${ODOO}`),
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "array-callback-return": "error",
            "arrow-body-style": ["error", "as-needed"],
            complexity: ["error", 16],
            "constructor-super": "error",
            curly: ["error", "all"],
            eqeqeq: "error",
            "getter-return": "error",
            "max-lines": ["error", 400],
            "max-lines-per-function": ["error", 60],
            "no-case-declarations": "error",
            "no-class-assign": "error",
            "no-cond-assign": "error",
            "no-const-assign": "error",
            "no-constant-condition": "error",
            "no-debugger": "error",
            "no-dupe-args": "error",
            "no-dupe-class-members": "error",
            "no-dupe-else-if": "error",
            "no-dupe-keys": "error",
            "no-duplicate-case": "error",
            "no-duplicate-imports": "error",
            "no-empty": "error",
            "no-eval": "error",
            "no-fallthrough": "error",
            "no-func-assign": "error",
            "no-implied-eval": "error",
            "no-import-assign": "error",
            "no-inner-declarations": "error",
            "no-irregular-whitespace": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-restricted-syntax": ["error", "PrivateIdentifier"],
            "no-self-assign": "error",
            "no-shadow": "error",
            "no-this-before-super": "error",
            "no-throw-literal": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unsafe-finally": "error",
            "no-unsafe-negation": "error",
            "no-unsafe-optional-chaining": "error",
            "no-unused-expressions": "error",
            "no-unused-private-class-members": "error",
            "no-unused-vars": ["error", { args: "after-used", caughtErrors: "all" }],
            "no-useless-catch": "error",
            "no-useless-escape": "error",
            "no-useless-return": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
            "use-isnan": "error",
            "valid-typeof": "error",
        },
    },
    {
        // the steps of a tour are one list
        files: ["**/static/tests/**"],
        rules: { "max-lines-per-function": "off" },
    },
];
