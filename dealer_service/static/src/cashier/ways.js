/** What the eye knows a way of paying by; any other is money from a bank. */
const ICONS = [
    [/微信|wechat/i, "fa-weixin"],
    [/支付宝|alipay/i, "fa-qrcode"],
    [/卡|card|pos/i, "fa-credit-card"],
];

export function iconOfWay(way) {
    const known = ICONS.find(([words]) => words.test(way.label));
    return known?.[1] || (way.kind === "cash" ? "fa-money" : "fa-university");
}
