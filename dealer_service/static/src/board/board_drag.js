import { makeDraggableHook } from "@web/core/utils/draggable_hook_builder_owl";

/** What the hand is doing: which element it holds, and over which place. */
function hand({ current, pointer, placeSelector }) {
    const below = document.elementsFromPoint(pointer.x, pointer.y);
    return {
        element: current.element,
        place: below.find((element) => element.matches(placeSelector)),
        grip: current.offset.x,
    };
}

const useDrag = makeDraggableHook({
    name: "useBoardDrag",
    acceptedParams: { places: [String], scroller: [Object] },
    onComputeParams({ ctx, params }) {
        ctx.placeSelector = params.places;
        ctx.scroller = params.scroller;
        // the element stays where it is, the board draws what the hand holds
        ctx.followCursor = false;
    },
    onWillStartDrag({ ctx }) {
        ctx.current.container = (ctx.scroller || ctx.ref).el;
    },
    onDragStart({ ctx, addStyle }) {
        // the page is deaf while something is dragged; the places are to be found
        addStyle(ctx.ref.el, { pointerEvents: "auto" });
        return hand(ctx);
    },
    onDrag: ({ ctx }) => hand(ctx),
    onDrop: ({ ctx }) => hand(ctx),
    onDragEnd: () => ({}),
});

/**
 * Drag on a board, by mouse, pen or finger; any key lets go.
 *
 * A finger has to rest before it drags (`touchDelay`), because one that moves at once
 * scrolls. While something is held, `state.drag` is what `hold` says of it, with the
 * pointer's `x` and `y` and with what `aim` says of the place below.
 *
 * @param {Object} params those of Odoo's `useDraggable`, and
 * @param {Object} params.state the board's state
 * @param {string} params.places selector of where things may be put
 * @param {{ el: HTMLElement }} [params.scroller] what scrolls when the hand comes to
 *     its edge; by default the board
 * @param {(element: HTMLElement) => Object} params.hold what is held
 * @param {(place: HTMLElement|undefined, at: Object) => Object} params.aim what a place
 *     means, with the pointer at `x` and the left edge of the held element at `left`
 * @param {(drag: Object) => any} params.put called with the last `state.drag`, when it
 *     was let go over a place
 */
export function useBoardDrag({ state, hold, aim, put, ...params }) {
    const follow = ({ x, y, place, grip }) =>
        Object.assign(state.drag, { x, y }, aim(place, { x, left: x - grip }));
    return useDrag({
        ...params,
        onDragStart: (at) => {
            state.drag = hold(at.element);
            follow(at);
        },
        onDrag: follow,
        onDrop: (at) => {
            follow(at);
            if (at.place) {
                put({ ...state.drag });
            }
        },
        onDragEnd: () => {
            state.drag = null;
        },
    });
}
