import { createHmac } from "node:crypto";
import { isApiVersion } from "../apiVersion";
import { type Check, isWebUrl, listOf, readChecked, SteeringError } from "../checks";
import { bodyForLog, Log } from "../http/requestLog";
import type { Change } from "../store/changes";
import type { NotificationRow, SubscriptionRow } from "../store/webhookSubscriptions";
import type { Workspace } from "../store/workspace";
import { noticesOf } from "./notices";
import { formatNotification } from "./notification";
import { afterAttempt, isSuccess, type Outcome } from "./outcome";
import { topics as allTopics } from "./topics";

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
  outcome: Outcome;
}

/** A longer one would be over at once (Node's `setTimeout`). */
const longestTimerMs = 2 ** 31 - 1;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const endpoint: Check = {
  words: "an http URL of this machine alone, such as http://127.0.0.1:3000/",
  isMet: (value) => isWebUrl(value) && loopback.test(new URL(value).hostname),
};
const topic: Check = {
  words: "a topic such as contact.archived",
  isMet: (value) => allTopics.includes(value as string),
};
const userAgent = "intercom-parrot-service-client/1.0";

/**
 * Notifies of changes, apart from the requests that cause them: what is due is sent after the
 * request's own work, and nothing that happens there reaches its answer.
 */
export class Webhooks {
  readonly #log = new Log<Delivery>();
  /** By the subscription: what is on its way there, and all that waits for that. */
  readonly #lanes = new Map<string, Promise<void>>();
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
        // A mistake in the sandbox itself must not fail the request.
        console.error(error);
      }
    });
  }

  /** The last 5,000 attempts, in the order of their answers. */
  get deliveries(): readonly Delivery[] {
    return this.#log.entries;
  }

  /** How many attempts there were. */
  get deliveryCount(): number {
    return this.#log.count;
  }

  get subscriptions(): readonly SubscriptionRow[] {
    return this.workspace.webhookSubscriptions.rows;
  }

  /** What waits for its time. */
  get pending(): readonly NotificationRow[] {
    return this.workspace.webhookSubscriptions.queue;
  }

  /** As saving a URL in the Developer Hub: it must answer a HEAD request, and then gets a ping. */
  async subscribe(given: { url: string; topics?: string[] }): Promise<SubscriptionRow> {
    const { webhookSubscriptions: subscriptions, ids } = this.workspace;
    const { url, topics = [] } = readChecked<{ url: string; topics?: string[] }>(
      "a subscription",
      given,
      { url: endpoint, topics: listOf(topic) },
      ["url"],
    );
    const { href } = new URL(url);
    const status = await this.#send(href, { method: "HEAD", headers: { "User-Agent": userAgent } });
    if (!isSuccess(status)) {
      const answer = status === null ? "no answer came" : `it answered ${status}`;
      throw new SteeringError(`The URL must take a HEAD request, but ${answer}.`);
    }
    // One per URL: saving it again sets its topics anew, and enables it.
    for (const row of this.subscriptions) if (row.url === href) subscriptions.remove(row.id);
    const row = { id: ids.number("subscription"), url: href, topics, isDisabled: false };
    subscriptions.add(row);
    const item = { type: "ping", message: "something something interzen" };
    this.#enqueue(row, { id: null, topic: "ping", item, dueMs: this.workspace.nowMs() });
    await this.#deliverTo(row.id);
    return row;
  }

  /** All of them, without an id. */
  unsubscribe(id?: string): void {
    for (const row of this.subscriptions) {
      if (id === undefined || row.id === id) this.workspace.webhookSubscriptions.remove(row.id);
    }
  }

  #notice(change: Change): void {
    const { workspace } = this;
    const { webhookSubscriptions: subscriptions, settings, ids } = workspace;
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
    this.workspace.webhookSubscriptions.enqueue({
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
  async deliverDue(): Promise<void> {
    this.workspace.doDue();
    const due = this.workspace.webhookSubscriptions.due(this.workspace.nowMs());
    for (const id of new Set(due.map(({ subscriptionId }) => subscriptionId))) this.#deliverTo(id);
    this.#setTimer();
    await Promise.all(this.#lanes.values());
  }

  /**
   * Sends what is due to one subscription, a notification after the other. Subscriptions do not wait
   * for each other: one whose endpoint hangs holds up none.
   */
  #deliverTo(subscriptionId: string): Promise<void> {
    const before = this.#lanes.get(subscriptionId) ?? Promise.resolve();
    const lane = before.then(async () => {
      const life = this.#life.signal;
      for (;;) {
        const due = this.workspace.webhookSubscriptions
          .due(this.workspace.nowMs())
          .filter((row) => row.subscriptionId === subscriptionId);
        if (due.length === 0 || life.aborted) break;
        if (this.workspace.settings.webhookDisorder) due.reverse();
        for (const row of due) await this.#deliver(row, life);
      }
      if (this.#lanes.get(subscriptionId) === lane) this.#lanes.delete(subscriptionId);
      this.#setTimer();
    });
    this.#lanes.set(subscriptionId, lane);
    return lane;
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    // What is on its way sets the timer anew at its end.
    const waiting = this.pending.filter((row) => !this.#lanes.has(row.subscriptionId));
    const times = waiting.map(({ dueMs }) => dueMs);
    // The end of a snooze is notified of too.
    const { nextDue } = this.workspace;
    if (nextDue !== undefined && this.subscriptions.length > 0) times.push(nextDue * 1000);
    if (!this.hasTimer || this.#life.signal.aborted || times.length === 0) return;
    const nextMs = Math.min(...times);
    const inMs = Math.min(Math.max(nextMs - this.workspace.nowMs(), 0), longestTimerMs);
    this.#timer = setTimeout(() => void this.deliverDue(), inMs);
    this.#timer.unref();
  }

  async #deliver(row: NotificationRow, life: AbortSignal): Promise<void> {
    const { workspace } = this;
    const subscription = this.subscriptions.find(({ id }) => id === row.subscriptionId);
    // Of a subscription that is gone nothing may stay, or it would be due for ever.
    if (!subscription) return this.workspace.webhookSubscriptions.settled(row);
    // Taken back, or disabled, while others were being sent.
    if (!this.workspace.webhookSubscriptions.isQueued(row) || life.aborted) return;
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
    this.#log.add({
      subscriptionId: subscription.id,
      url: subscription.url,
      topic: row.topic,
      notificationId: row.id,
      attempt: row.attempts,
      atMs,
      headers,
      body: bodyForLog(body),
      status,
      outcome: this.#settle(row, subscription, status),
    });
  }

  #settle(row: NotificationRow, subscription: SubscriptionRow, status: number | null): Outcome {
    const { webhookSubscriptions: subscriptions } = this.workspace;
    const outcome = afterAttempt(row, status, this.workspace.nowMs());
    if (outcome === "disabled") subscriptions.disable(subscription.id);
    else if (outcome === "throttled" || outcome === "willRetry") subscriptions.attempted(row);
    else subscriptions.settled(row);
    return outcome;
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
    this.#log.clear();
    this.#setTimer();
  }

  async close(): Promise<void> {
    this.#life.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#lanes.values());
  }
}
