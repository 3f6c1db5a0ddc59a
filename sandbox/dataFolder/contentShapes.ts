import { z } from "zod";
import type { ArticleContent } from "../store/articleContents";
import type { ArticleRow } from "../store/articles";
import type { CollectionRow } from "../store/collections";
import type { CustomObjectInstanceRow } from "../store/customObjectInstances";
import { attributeValues, flag, text, textOrNull, time, timeOrNull } from "./values";

const articleContent: z.ZodType<ArticleContent> = z.strictObject({
  title: text,
  description: text,
  body: text,
  markdown: textOrNull,
  authorId: text,
  state: z.enum(["draft", "published"]),
  audienceIds: z.array(z.int()),
  forChatbot: flag,
  forCopilot: flag,
  forSalesAgent: flag,
  createdAt: time,
  updatedAt: time,
});

export const article: z.ZodType<ArticleRow> = z.strictObject({
  id: text,
  parentId: textOrNull,
  contents: z.record(text, articleContent),
  wasPublished: flag,
  publishAt: timeOrNull,
  unpublishAt: timeOrNull,
  createdById: text,
  updatedById: text,
  createdAt: time,
  updatedAt: time,
});

export const collection: z.ZodType<CollectionRow> = z.strictObject({
  id: text,
  name: text,
  description: textOrNull,
  parentId: textOrNull,
  order: z.int(),
  createdAt: time,
  updatedAt: time,
});

export const customObjectInstance: z.ZodType<CustomObjectInstanceRow> = z.strictObject({
  id: text,
  type: text,
  externalId: text,
  externalCreatedAt: timeOrNull,
  externalUpdatedAt: timeOrNull,
  customAttributes: attributeValues,
  createdAt: time,
  updatedAt: time,
});
