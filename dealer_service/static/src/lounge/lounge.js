/* The lounge screen: asks for the board every few seconds, turns its pages, keeps time. */
(() => {
    "use strict";
    const ASK_EVERY = 5000;
    const PAGE_EVERY = 10000;
    const CARS_ON_A_PAGE = 7;
    const CARS_BESIDE_CODES = 4;
    const board = document.getElementById("board");
    const clock = document.getElementById("clock");
    const status = document.getElementById("status");
    const codes = document.querySelector("aside");
    const pageLabel = document.getElementById("page");
    const address = `${location.pathname.replace(/\/$/, "")}/board`;
    let page = 0;
    let lastSeen = "";

    function showPage() {
        const cars = [...board.querySelectorAll(".car")];
        const sheets = [...board.querySelectorAll(".sheet")];
        const empty = board.querySelector(".empty");
        const carPages = Math.max(1, Math.ceil(cars.length / CARS_ON_A_PAGE));
        const pages = carPages + sheets.length;
        page %= pages;
        cars.forEach((car, index) => {
            car.hidden = Math.floor(index / CARS_ON_A_PAGE) !== page;
        });
        sheets.forEach((sheet, index) => {
            sheet.hidden = carPages + index !== page;
        });
        if (codes) {
            // where the cars leave room for them
            codes.hidden =
                page < carPages && cars.length - page * CARS_ON_A_PAGE > CARS_BESIDE_CODES;
        }
        if (empty) {
            empty.hidden = page > 0;
        }
        pageLabel.textContent = pages > 1 ? `${page + 1} / ${pages}` : "";
    }

    function showTime() {
        const now = board.querySelector("[data-now]");
        if (now) {
            // the shop's clock: the one of a screen is often wrong
            clock.textContent = lastSeen = now.dataset.now;
        }
    }

    async function ask() {
        try {
            const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
            if (answer.status === 404) {
                board.replaceChildren();
                clock.textContent = pageLabel.textContent = "";
                status.textContent = document.body.dataset.closed;
                return;
            }
            if (!answer.ok) {
                throw new Error(String(answer.status));
            }
            board.innerHTML = await answer.text();
            status.textContent = "";
            showTime();
            showPage();
        } catch {
            status.textContent = `${document.body.dataset.offline} ${lastSeen}`;
        }
        setTimeout(ask, ASK_EVERY);
    }

    showTime();
    showPage();
    setTimeout(ask, ASK_EVERY);
    setInterval(() => {
        page += 1;
        showPage();
    }, PAGE_EVERY);
})();
