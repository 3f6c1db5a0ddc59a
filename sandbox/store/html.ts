/** The tags that a message may hold, each with the attributes that stay. */
const allowed: Record<string, readonly string[]> = {
  a: ["href"],
  img: ["src", "alt"],
  ...Object.fromEntries(
    "p br b strong i em u ul ol li h1 h2 code pre blockquote".split(" ").map((tag) => [tag, []]),
  ),
};
/** Their text is no text of a message. */
const hidden = ["script", "style"];
/** A line ends after them. */
const blocks = ["p", "br", "li", "h1", "h2", "h3", "h4", "pre", "blockquote"];

type Token = { text: string } | { tag: string; isEnd: boolean; attributes: Map<string, string> };

function* tokensOf(html: string): Generator<Token> {
  let within: string | undefined;
  for (const [whole, slash, name, rest] of html.matchAll(
    /<(\/?)([a-z][a-z0-9]*)(?=[\s/>])([^<>]*)>|[^<]+|</gi,
  )) {
    const tag = name?.toLowerCase();
    if (within) {
      if (slash && tag === within) within = undefined;
    } else if (tag === undefined) yield { text: whole };
    else if (hidden.includes(tag)) within = slash ? undefined : tag;
    else yield { tag, isEnd: slash !== "", attributes: attributesOf(rest ?? "") };
  }
}

function attributesOf(text: string): Map<string, string> {
  const found = text.matchAll(/(?<![a-z-])([a-z-]+)=(?:"([^"]*)"|'([^']*)')/gi);
  return new Map(
    [...found].map(([, name = "", double, single]) => [name.toLowerCase(), double ?? single ?? ""]),
  );
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? "");

const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
const unescaped = (text: string) =>
  text.replace(/&(?:#(\d{1,6})|(amp|lt|gt|quot|nbsp));/g, (_, code?: string, name = "") =>
    code === undefined ? (names[name] ?? "") : String.fromCodePoint(Number(code)),
  );

/** Plain text as the body of a message. */
export const htmlOfText = (text: string): string => `<p>${escaped(text)}</p>`;

/**
 * HTML that somebody sent as the body of a message; text becomes a paragraph. Articles may have
 * more tags than messages.
 */
export function cleanHtml(html: string, moreTags: readonly string[] = []): string {
  let clean = "";
  for (const token of tokensOf(html)) {
    if ("text" in token) clean += token.text === "<" ? "&lt;" : token.text;
    else if (Object.hasOwn(allowed, token.tag) || moreTags.includes(token.tag)) {
      const kept = (allowed[token.tag] ?? []).flatMap((name) => {
        const value = token.attributes.get(name);
        const isScript = name !== "alt" && !/^(https?|mailto):/i.test(value ?? "");
        return value === undefined || isScript
          ? []
          : [` ${name}="${value.replace(/"/g, "&quot;")}"`];
      });
      clean += token.isEnd ? `</${token.tag}>` : `<${token.tag}${kept.join("")}>`;
    }
  }
  clean = clean.trim();
  return clean.startsWith("<") ? clean : `<p>${clean}</p>`;
}

/** What a body says without its HTML; a link as `label (url)` (OpenAPI 2.16, retrieveConversation). */
export function textOfHtml(html: string): string {
  let text = "";
  const links: (string | undefined)[] = [];
  for (const token of tokensOf(html)) {
    if ("text" in token) text += unescaped(token.text);
    else if (token.tag === "a") {
      const link = token.isEnd ? links.pop() : undefined;
      if (link) text += ` (${unescaped(link)})`;
      if (!token.isEnd) links.push(token.attributes.get("href"));
    } else if (blocks.includes(token.tag) && (token.isEnd || token.tag === "br")) text += "\n";
  }
  return text.trim();
}
