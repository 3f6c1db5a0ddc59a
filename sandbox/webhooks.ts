import { createHmac } from "node:crypto";
import { isApiVersion } from "./apiVersion";
import type { Change } from "./changes";
import { formatNotification, noticesOf } from "./format/notification";
import type { NotificationRow, SubscriptionRow } from "./store/subscriptions";
import { topics as allTopics } from "./topics";
import type { Workspace } from "./workspace";

/** One attempt to deliver a notification, as it went out and as it was answered. */
export interface Delivery {
  subscriptionId: string;
  url: string;
  topic: string;
  /** The same in every attempt; a ping has none. */
  notificationId: string | null;
  attempt: number;
  atMs: number;
  headers: Record<string, string>;
  body: string;
  /** `null` where no answer came in time. */
  status: number | null;
  outcome: "delivered" | "willRetry" | "failed" | "throttled" | "dropped" | "disabled";
}

const minuteMs = 60_000;
/** The longest delay of what is throttled, and how long it is tried. */
const throttledMs = 120 * minuteMs;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const userAgent = "intercom-parrot-service-client/1.0";

/**
 * Notifies of changes, apart from the requests that cause them: what is due is sent after the
 * request's own work, and nothing that happens there reaches its answer.
 */
export class Webhooks {
  /** Every attempt, in order. */
  readonly deliveries: Delivery[] = [];
  #running: Promise<void> = Promise.resolve();
  #isKicked = false;
  #timer: NodeJS.Timeout | undefined;
  /** Ends what is on its way when the sandbox is reset or closed. */
  #life = new AbortController();
  #noticed = 0;

  /** `hasTimer`: sends by itself what falls due later, for a clock that runs. */
  constructor(
    readonly workspace: Workspace,
    readonly clientSecret: string,
    readonly hasTimer: boolean,
  ) {
    workspace.onChange((change) => {
      try {
        this.#notice(change);
      } catch (error) {
        // A fault of the sandbox itself, and none of the request's.
        console.error(error);
      }
    });
  }

  get subscriptions(): readonly SubscriptionRow[] {
    return this.workspace.subscriptions.rows;
  }

  /** What waits for its time. */
  get pending(): readonly NotificationRow[] {
    return this.workspace.subscriptions.queue;
  }

  /** As saving a URL in the Developer Hub: it must answer a HEAD request, and then gets a ping. */
  async subscribe(given: { url: string; topics?: string[] }): Promise<SubscriptionRow> {
    const { subscriptions, ids } = this.workspace;
    const { href, hostname, protocol } = new URL(given.url);
    if (!loopback.test(hostname) || !/^https?:$/.test(protocol)) {
      throw new TypeError(`Notifications go to this machine alone, and not to ${given.url}.`);
    }
    const topics = given.topics ?? [];
    if (!Array.isArray(topics)) throw new TypeError("Topics are a list.");
    const unknown = topics.find((topic) => !allTopics.includes(topic));
    if (unknown !== undefined) throw new TypeError(`There is no topic "${unknown}".`);
    const status = await this.#send(href, { method: "HEAD", headers: { "User-Agent": userAgent } });
    if (!isSuccess(status)) {
      const answer = status === null ? "no answer came" : `it answered ${status}`;
      throw new TypeError(`The URL must take a HEAD request, but ${answer}.`);
    }
    // One per URL: saving it again sets its topics anew, and enables it.
    for (const row of this.subscriptions) if (row.url === href) subscriptions.remove(row.id);
    const row = { id: ids.number("subscription"), url: href, topics, isDisabled: false };
    subscriptions.add(row);
    const item = { type: "ping", message: "something something interzen" };
    this.#enqueue(row, { id: null, topic: "ping", item, dueMs: this.workspace.nowMs() });
    await this.deliverDue();
    return row;
  }

  /** All of them, without an id. */
  unsubscribe(id?: string): void {
    for (const row of this.subscriptions) {
      if (id === undefined || row.id === id) this.workspace.subscriptions.remove(row.id);
    }
  }

  #notice(change: Change): void {
    const { workspace } = this;
    const { subscriptions, settings, ids } = workspace;
    if (subscriptions.rows.length === 0) return;
    const { defaultApiVersion } = settings;
    const version = isApiVersion(defaultApiVersion) ? defaultApiVersion : "2.16";
    for (const [topic, item] of noticesOf(change, workspace, version)) {
      const wanting = subscriptions.wanting(topic);
      if (wanting.length === 0) continue;
      this.#noticed++;
      const isTwice = this.#noticed % settings.webhookDuplicateEvery === 0;
      const notice = {
        id: ids.notification(),
        topic,
        item,
        dueMs: workspace.nowMs() + settings.webhookDelayMs,
      };
      for (const row of wanting) {
        for (let n = 0; n < (isTwice ? 2 : 1); n++) this.#enqueue(row, notice);
      }
    }
    this.#kick();
  }

  #enqueue(
    { id: subscriptionId }: SubscriptionRow,
    notice: Pick<NotificationRow, "id" | "topic" | "item" | "dueMs">,
  ): void {
    this.workspace.subscriptions.enqueue({
      ...notice,
      subscriptionId,
      createdAt: this.workspace.nowSeconds(),
      attempts: 0,
      failures: 0,
      throttles: 0,
      firstSentMs: null,
    });
  }

  /** After the request's own work. */
  #kick(): void {
    if (this.#isKicked) return;
    this.#isKicked = true;
    setImmediate(() => {
      this.#isKicked = false;
      void this.deliverDue();
    });
  }

  /**
   * Sends all that is due by the sandbox's clock; resolves when every answer is there. A test that
   * moves the clock calls it; otherwise it is called after each change, and by a timer.
   */
  deliverDue(): Promise<void> {
    this.#running = this.#running.then(async () => {
      const life = this.#life;
      for (;;) {
        const due = this.workspace.subscriptions.due(this.workspace.nowMs());
        if (due.length === 0 || life.signal.aborted) break;
        if (this.workspace.settings.webhookDisorder) due.reverse();
        for (const row of due) await this.#deliver(row, life.signal);
      }
      this.#setTimer();
    });
    return this.#running;
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    if (!this.hasTimer || this.#life.signal.aborted || this.pending.length === 0) return;
    const nextMs = Math.min(...this.pending.map(({ dueMs }) => dueMs));
    const inMs = Math.max(nextMs - this.workspace.nowMs(), 0);
    this.#timer = setTimeout(() => void this.deliverDue(), inMs);
    this.#timer.unref();
  }

  async #deliver(row: NotificationRow, life: AbortSignal): Promise<void> {
    const { workspace } = this;
    const subscription = this.subscriptions.find(({ id }) => id === row.subscriptionId);
    // Taken back, or disabled, while others were being sent.
    if (!subscription || !this.workspace.subscriptions.isQueued(row) || life.aborted) return;
    const atMs = workspace.nowMs();
    row.attempts++;
    row.firstSentMs ??= atMs;
    const body = formatNotification(row, workspace.id);
    const signature = createHmac("sha1", this.clientSecret).update(body).digest("hex");
    const headers = {
      "Content-Type": "application/json",
      "User-Agent": userAgent,
      "X-Hub-Signature": `sha1=${signature}`,
    };
    const status = await this.#send(subscription.url, { method: "POST", headers, body });
    if (life.aborted) return;
    this.deliveries.push({
      subscriptionId: subscription.id,
      url: subscription.url,
      topic: row.topic,
      notificationId: row.id,
      attempt: row.attempts,
      atMs,
      headers,
      body,
      status,
      outcome: this.#settle(row, subscription, status),
    });
  }

  /** What becomes of a notification after an attempt (Intercom's page on webhook notifications). */
  #settle(
    row: NotificationRow,
    subscription: SubscriptionRow,
    status: number | null,
  ): Delivery["outcome"] {
    const { subscriptions } = this.workspace;
    const nowMs = this.workspace.nowMs();
    const settle = (outcome: Delivery["outcome"]) => {
      subscriptions.settled(row);
      return outcome;
    };
    if (isSuccess(status)) return settle("delivered");
    if (status === 410) {
      subscriptions.disable(subscription.id);
      return "disabled";
    }
    if (status === 429) {
      const delayMs = Math.min(minuteMs * 2 ** row.throttles, throttledMs);
      row.throttles++;
      row.dueMs = nowMs + delayMs;
      subscriptions.attempted(row);
      const isTooLate = row.dueMs - (row.firstSentMs ?? nowMs) > throttledMs;
      return isTooLate ? settle("dropped") : "throttled";
    }
    row.failures++;
    // One retry, and no more.
    if (row.failures > 1) return settle("failed");
    row.dueMs = nowMs + minuteMs;
    subscriptions.attempted(row);
    return "willRetry";
  }

  /** The status of the answer; `null` where none came in time. */
  async #send(url: string, init: RequestInit): Promise<number | null> {
    const timeout = AbortSignal.timeout(this.workspace.settings.webhookTimeoutMs);
    try {
      const answer = await fetch(url, {
        ...init,
        // One that leads elsewhere could lead off this machine.
        redirect: "manual",
        signal: AbortSignal.any([timeout, this.#life.signal]),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  /** For a workspace that was cleared or loaded: forgets the log and what is on its way. */
  reset(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#noticed = 0;
    this.deliveries.length = 0;
    this.#setTimer();
  }

  async close(): Promise<void> {
    this.#life.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }
}

const isSuccess = (status: number | null) => status !== null && status >= 200 && status < 300;
