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
export class Subscriptions {
  rows: SubscriptionRow[] = [];
  queue: NotificationRow[] = [];

  /** Those that want a topic. */
  wanting(topic: string): SubscriptionRow[] {
    return this.rows.filter(
      ({ topics, isDisabled }) => !isDisabled && (topics.length === 0 || topics.includes(topic)),
    );
  }

  /** The earliest first. Each stays in the queue until it is settled, so that it is saved. */
  due(nowMs: number): NotificationRow[] {
    return this.queue.filter(({ dueMs }) => dueMs <= nowMs).sort((a, b) => a.dueMs - b.dueMs);
  }

  settled(row: NotificationRow): void {
    this.queue = this.queue.filter((other) => other !== row);
  }

  /** Together with what was still to be sent there. */
  remove(id: string): void {
    this.rows = this.rows.filter((row) => row.id !== id);
    this.forget(id);
  }

  forget(id: string): void {
    this.queue = this.queue.filter(({ subscriptionId }) => subscriptionId !== id);
  }

  save() {
    return { rows: this.rows, queue: this.queue };
  }

  load({ rows, queue }: ReturnType<Subscriptions["save"]>): void {
    this.rows = rows;
    this.queue = queue;
  }
}
