import {
  type ArticleContents,
  type ArticleState,
  type ContentChanges,
  contentsAfter,
  isPublished,
  mainContent,
  searchedText,
  wordsOf,
} from "./articleContents";
import { audiences } from "./audiences";
import { Deadlines } from "./deadlines";
import { defaultLocale, helpCenter } from "./helpCenters";
import { byRow } from "./kept";
import { byId, Ordered } from "./ordered";
import { parameterInvalid, Refusal, resourceNotFound } from "./refusal";
import { Store } from "./store";
import { Table } from "./table";

/** Objects are replaced, never changed. */
export interface ArticleRow {
  id: string;
  parentId: string | null;
  /** The content of the default locale always exists. */
  contents: ArticleContents;
  wasPublished: boolean;
  /** At most one of the two is set. */
  publishAt: number | null;
  unpublishAt: number | null;
  createdById: string;
  updatedById: string;
  createdAt: number;
  updatedAt: number;
}

export interface ArticleChanges {
  /** By locale; only the locales that were sent. */
  contents: Record<string, ContentChanges>;
  /** For all locales. */
  audienceIds?: number[];
  parentId?: string | null;
  publishAt?: number | null;
  unpublishAt?: number | null;
}

export class Articles extends Store {
  readonly rows = new Table<ArticleRow>();
  /** By the time of the last change; the newest is at the end. */
  readonly listed = new Ordered<ArticleRow>((a, b) => a.updatedAt - b.updatedAt || byId(a, b));
  readonly #publishing = new Deadlines();
  readonly #unpublishing = new Deadlines();

  readonly tables = { articles: byRow(this.rows, (rows) => this.#load(rows)) };

  override count() {
    return { articles: this.rows.size };
  }

  get(id: string): ArticleRow {
    const row = this.rows.get(id);
    // Wording of OpenAPI 2.16, retrieveArticle.
    if (!row) throw resourceNotFound();
    return row;
  }

  create(changes: ArticleChanges): ArticleRow {
    const { workspace } = this;
    const createdAt = workspace.nowSeconds();
    this.#check(changes, false);
    const contents = contentsAfter({}, changes, createdAt);
    const by = workspace.admins.owner.id;
    const row: ArticleRow = {
      id: workspace.ids.number("article"),
      parentId: changes.parentId ?? null,
      contents,
      wasPublished: isPublished(contents),
      publishAt: changes.publishAt ?? null,
      unpublishAt: changes.unpublishAt ?? null,
      createdById: by,
      updatedById: by,
      createdAt,
      updatedAt: createdAt,
    };
    this.#add(row);
    workspace.report({ what: "article.created", article: row });
    return row;
  }

  update(row: ArticleRow, changes: ArticleChanges): ArticleRow {
    const { parentId, publishAt, unpublishAt } = changes;
    this.#check(changes, row.wasPublished);
    const contents = contentsAfter(row.contents, changes, this.workspace.nowSeconds());
    return this.#change(row, {
      contents,
      updatedById: this.workspace.admins.owner.id,
      ...(parentId === undefined ? {} : { parentId }),
      // An article has one schedule at a time, so a new one replaces the other.
      ...(publishAt === undefined
        ? {}
        : { publishAt, ...(publishAt ? { unpublishAt: null } : {}) }),
      ...(unpublishAt === undefined
        ? {}
        : { unpublishAt, ...(unpublishAt ? { publishAt: null } : {}) }),
    });
  }

  delete(row: ArticleRow): void {
    this.listed.remove(row);
    this.rows.delete(row.id);
    this.#publishing.set(row.id, null);
    this.#unpublishing.set(row.id, null);
    this.workspace.report({ what: "article.deleted", article: row });
  }

  /** The articles that have each word of the phrase in title, description or body of one locale. */
  search(phrase: string, state: ArticleState | "all", helpCenterId?: string): ArticleRow[] {
    if (helpCenterId !== undefined && helpCenterId !== helpCenter.id) return [];
    const words = wordsOf(phrase);
    return [...this.listed.descending()].filter((row) => {
      if (helpCenterId !== undefined && row.parentId === null) return false;
      return Object.values(row.contents).some((content) => {
        if (state !== "all" && content.state !== state) return false;
        const text = searchedText(content).toLowerCase();
        return words.every((word) => text.includes(word));
      });
    });
  }

  override get nextDue() {
    const times = [this.#publishing.next, this.#unpublishing.next].flatMap((due) => due ?? []);
    return times.length > 0 ? Math.min(...times.map(({ at }) => at)) : undefined;
  }

  override doDue(nowSeconds: number): void {
    this.#doScheduled(this.#publishing, "published", nowSeconds);
    this.#doScheduled(this.#unpublishing, "draft", nowSeconds);
  }

  /** Publishes or unpublishes the articles that are due, and dates each change to its own time. */
  #doScheduled(deadlines: Deadlines, state: ArticleState, nowSeconds: number): void {
    for (let due = deadlines.next; due && due.at <= nowSeconds; due = deadlines.next) {
      const row = this.get(due.id);
      this.workspace.asOf(Math.max(due.at, row.updatedAt), () => {
        const content = { ...mainContent(row), state, updatedAt: this.workspace.nowSeconds() };
        const contents = { ...row.contents, [defaultLocale]: content };
        this.#change(row, { contents, publishAt: null, unpublishAt: null });
      });
    }
  }

  #check(
    { contents, parentId, publishAt, unpublishAt, ...all }: ArticleChanges,
    wasPublished: boolean,
  ) {
    const { admins, collections } = this.workspace;
    const nowSeconds = this.workspace.nowSeconds();
    const given = Object.values(contents);
    for (const { authorId } of given) if (authorId !== undefined) admins.get(authorId);
    if (parentId) collections.get(parentId);
    for (const id of [all, ...given].flatMap(({ audienceIds = [] }) => audienceIds)) {
      // Unknown audiences are 404 (OpenAPI 2.16, create_article_request); the wording is ours.
      if (!audiences.some((row) => row.id === String(id)))
        throw new Refusal(404, "not_found", "Audience Not Found");
    }
    // The rules for schedules are those of OpenAPI 2.16, create_article_request; the wordings are ours.
    if (publishAt && unpublishAt) {
      const message = "Only one of scheduled_publish_at and scheduled_unpublish_at can be given";
      throw parameterInvalid(message, "scheduled_publish_at");
    }
    for (const [key, at] of [
      ["scheduled_publish_at", publishAt],
      ["scheduled_unpublish_at", unpublishAt],
    ] as const) {
      if (at && at <= nowSeconds) throw parameterInvalid(`${key} must be in the future`, key);
    }
    if (publishAt && contents[defaultLocale]?.state === "draft") {
      const message = "scheduled_publish_at can't be combined with the state draft";
      throw parameterInvalid(message, "scheduled_publish_at");
    }
    if (unpublishAt && !wasPublished && contents[defaultLocale]?.state !== "published") {
      const message = "An article that was never published can't be unpublished";
      throw parameterInvalid(message, "scheduled_unpublish_at");
    }
  }

  #change(row: ArticleRow, fields: Partial<ArticleRow>): ArticleRow {
    const before = { ...row };
    this.listed.remove(row);
    Object.assign(row, fields, { updatedAt: this.workspace.nowSeconds() });
    row.wasPublished ||= isPublished(row.contents);
    this.#add(row);
    this.workspace.report({ what: "article.updated", article: row, before });
    return row;
  }

  #add(row: ArticleRow): void {
    this.rows.set(row.id, row);
    this.listed.insert(row);
    this.#publishing.set(row.id, row.publishAt);
    this.#unpublishing.set(row.id, row.unpublishAt);
  }

  #load(rows: readonly ArticleRow[]): void {
    this.rows.clear();
    this.listed.clear();
    this.#publishing.clear();
    this.#unpublishing.clear();
    for (const row of rows) this.#add(row);
  }
}
