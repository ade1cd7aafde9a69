// The live line: one WebSocket that comes back by itself.

const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 15;

export class Live extends EventTarget {
  #socket = null;
  #failures = 0;
  #timer = 0;

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.#timer);
    if (this.#socket) return;
    const address = new URL("/sandbox/live", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#socket = new WebSocket(address);
    this.#socket.addEventListener("open", () => this.#opened());
    this.#socket.addEventListener("message", ({ data }) => this.#tell("push", JSON.parse(data)));
    this.#socket.addEventListener("close", () => this.#closed());
  }

  #opened() {
    this.#failures = 0;
    this.#tell("open");
  }

  #closed() {
    this.#socket = null;
    const pause = this.#pause();
    this.#failures += 1;
    this.#timer = setTimeout(() => this.connect(), pause * 1000);
    this.#tell("lost", { retryAt: Date.now() + pause * 1000 });
  }

  /** Seconds until the next attempt: doubling, with some chance so that many pages do not return at once. */
  #pause() {
    const pause = Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE);
    return pause * (0.8 + Math.random() * 0.4);
  }

  #tell(kind, detail = null) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
