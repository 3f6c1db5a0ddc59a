import { defaultLocale } from "../store/helpCenters";
import type { Workspace } from "../store/workspace";

/** `parent`: a position further up. */
const collectionData: { name: string; description: string; parent?: number }[] = [
  { name: "Getting started", description: "Your first book, and who works on it" },
  { name: "Billing", description: "Plans, invoices and money back" },
  { name: "Refunds", description: "When and how money comes back", parent: 1 },
];

/** `author`: a position among the admins; `collection`: one in `collectionData`. */
const articleData: {
  title: string;
  description: string;
  body: string;
  author: number;
  collection: number | null;
  isDraft?: true;
  fr?: { title: string; body: string };
}[] = [
  {
    title: "Add a second author to a book",
    description: "Authors can share a book and its earnings.",
    body: "<p>Open the book, then <b>Details</b>, then <b>Authors</b>.</p><p>Each author gets an invitation by e-mail.</p>",
    author: 0,
    collection: 0,
    fr: {
      title: "Ajouter un deuxième auteur à un livre",
      body: "<p>Ouvrez le livre, puis <b>Détails</b>, puis <b>Auteurs</b>.</p>",
    },
  },
  {
    title: "Sign in with your company's account",
    description: "Single sign-on, and what to do when it fails.",
    body: "<h2>Set it up</h2><p>An owner opens <b>Settings</b>, then <b>Security</b>.</p><h2>When it fails</h2><p>Ask the owner whether the certificate is still valid.</p>",
    author: 0,
    collection: 0,
  },
  {
    title: "Change the address on an invoice",
    description: "For invoices to come, and for one that exists.",
    body: "<p>Open <b>Billing</b>, then <b>Address</b>. For an invoice that exists, write to us.</p>",
    author: 2,
    collection: 1,
  },
  {
    title: "Plans for one person",
    description: "What Starter has, and what it does not.",
    body: "<p>Starter is for one person with up to three books.</p>",
    author: 1,
    collection: 1,
  },
  {
    title: "Ask for a refund",
    description: "Within thirty days of an order.",
    body: "<ol><li>Find the order number in your invoice.</li><li>Send it to us with the amount.</li></ol>",
    author: 2,
    collection: 2,
    fr: { title: "Demander un remboursement", body: "<p>Envoyez le numéro de commande.</p>" },
  },
  {
    title: "Export your audit log",
    description: "",
    body: "<p>Settings, Security, Export. The file is a CSV.</p>",
    author: 1,
    collection: null,
  },
  {
    title: "What changes in spring",
    description: "Not announced yet.",
    body: "<p>Books can have chapters by several authors.</p>",
    author: 0,
    collection: 0,
    isDraft: true,
  },
];

/** A help center with some collections and articles, written one a day. */
export function sowHelpCenter(workspace: Workspace, from: number): void {
  const { admins, articles, collections } = workspace;
  const day = 86_400;
  const ids: string[] = [];
  for (const { name, description, parent } of collectionData) {
    const parentId = parent === undefined ? null : (ids[parent] ?? null);
    ids.push(workspace.asOf(from, () => collections.define({ name, description, parentId })).id);
  }
  articleData.forEach(({ title, description, body, author, collection, isDraft, fr }, at) => {
    const authorId = admins.rows[author]?.id ?? "";
    const state = isDraft ? "draft" : "published";
    const main = { title, description, body, authorId, state } as const;
    workspace.asOf(from + (at + 1) * day, () =>
      articles.create({
        contents: {
          [defaultLocale]: main,
          ...(fr ? { fr: { ...fr, authorId, state } } : {}),
        },
        parentId: collection === null ? null : (ids[collection] ?? null),
      }),
    );
  });
}
