const windowMs = 10_000;

/** Fixed windows of ten seconds; the limit of a minute is cut into six of them. */
export class RateLimit {
  #window = Number.NaN;
  #used = 0;

  /** Counts one request; `allowed` is false where the window is used up. */
  count(nowMs: number, limit: number): { allowed: boolean; headers: Record<string, string> } {
    const window = Math.floor(nowMs / windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#used = 0;
    }
    this.#used++;
    return {
      allowed: this.#used <= limit,
      headers: {
        "X-RateLimit-Limit": String(limit),
        "X-RateLimit-Remaining": String(Math.max(limit - this.#used, 0)),
        "X-RateLimit-Reset": String(((window + 1) * windowMs) / 1000),
      },
    };
  }

  reset(): void {
    this.#window = Number.NaN;
  }
}
