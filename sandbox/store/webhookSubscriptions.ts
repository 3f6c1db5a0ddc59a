import { byRow, whole } from "./kept";
import { Store } from "./store";
import { Table } from "./table";

/** Where an app wants to be told of what. */
export interface SubscriptionRow {
  id: string;
  url: string;
  /** None: all of them. */
  topics: string[];
  /** After a 410: nothing is sent there any more. */
  isDisabled: boolean;
}

/** A notification on its way to one subscription. */
export interface NotificationRow {
  /** Its number in the queue. */
  place: string;
  /** A ping has none. */
  id: string | null;
  subscriptionId: string;
  topic: string;
  /** As the thing was when it happened. */
  item: unknown;
  createdAt: number;
  dueMs: number;
  attempts: number;
  /** Attempts that failed, those that were throttled aside. */
  failures: number;
  throttles: number;
  firstSentMs: number | null;
}

/** What an app's webhooks are set to, and what is still to be sent. */
export class WebhookSubscriptions extends Store {
  /** Replaced when it changes, as is each of them. */
  rows: SubscriptionRow[] = [];
  readonly queued = new Table<NotificationRow>();
  #lastQueued = 0;
  readonly tables = {
    subscriptions: whole(this, "rows", []),
    notifications: byRow(this.queued, (rows) => this.#loadQueue(rows)),
  };

  get queue(): NotificationRow[] {
    return [...this.queued.values()];
  }

  /** Those that want a topic. */
  wanting(topic: string): SubscriptionRow[] {
    return this.rows.filter(
      ({ topics, isDisabled }) => !isDisabled && (topics.length === 0 || topics.includes(topic)),
    );
  }

  add(row: SubscriptionRow): void {
    this.rows = [...this.rows, row];
  }

  /** Nothing is sent there any more. */
  disable(id: string): void {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, isDisabled: true } : row));
    this.forget(id);
  }

  enqueue(notification: Omit<NotificationRow, "place">): void {
    this.#lastQueued++;
    const place = String(this.#lastQueued);
    this.queued.set(place, { ...notification, place });
  }

  isQueued(row: NotificationRow): boolean {
    return this.queued.get(row.place) === row;
  }

  /** The earliest first. Each stays in the queue until it is settled, so that it is kept. */
  due(nowMs: number): NotificationRow[] {
    return this.queue.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs);
  }

  /** After an attempt that leaves it in the queue. */
  attempted(row: NotificationRow): void {
    this.queued.set(row.place, row);
  }

  /** One from before a reset may have the place of another now, which stays. */
  settled(row: NotificationRow): void {
    if (this.isQueued(row)) this.queued.delete(row.place);
  }

  /** Together with what was still to be sent there. */
  remove(id: string): void {
    this.rows = this.rows.filter((row) => row.id !== id);
    this.forget(id);
  }

  forget(id: string): void {
    for (const row of this.queue) if (row.subscriptionId === id) this.settled(row);
  }

  #loadQueue(rows: readonly NotificationRow[]): void {
    this.queued.clear();
    for (const row of rows) this.queued.set(row.place, row);
    this.#lastQueued = Number(rows.at(-1)?.place ?? 0);
  }
}
