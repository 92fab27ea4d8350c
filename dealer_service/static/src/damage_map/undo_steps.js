/**
 * The way back, step by step. A step belongs to the list of marks it was made on: saving
 * reads the marks anew, and what was saved is not undone any more.
 */
export class UndoSteps {
    constructor() {
        this.clear();
    }

    clear() {
        this.listId = null;
        this.steps = [];
        this.replaced = new Map();
    }

    /** Keep the function that takes the last change of `list` back. */
    push(list, back) {
        if (this.listId !== list.id) {
            this.clear();
            this.listId = list.id;
        }
        this.steps.push(back);
    }

    /** The function that takes the last change back; undefined when there is none. */
    pop() {
        return this.steps.pop();
    }

    isOpen(list) {
        return this.steps.length > 0 && this.listId === list.id;
    }

    /** From now on `added` stands for the mark `removed`, which has come back. */
    replace(removed, added) {
        this.replaced.set(removed, added);
    }

    /** The row that stands for a mark now. */
    resolve(record) {
        while (this.replaced.has(record)) {
            record = this.replaced.get(record);
        }
        return record;
    }
}
