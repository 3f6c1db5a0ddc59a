import { mainContent, wordsOf } from "../store/articleContents";
import type { ArticleRow } from "../store/articles";
import { textOfHtml } from "../store/html";

interface Chunk {
  type: "highlight" | "plain";
  text: string;
}

/** Splits a text at the words that were searched. */
function chunksOf(text: string, words: readonly string[]): Chunk[] {
  const lower = text.toLowerCase();
  const chunks: Chunk[] = [];
  let plainFrom = 0;
  const add = (type: Chunk["type"], from: number, to: number) => {
    if (to > from) chunks.push({ type, text: text.slice(from, to) });
  };
  for (let at = 0; at < lower.length; ) {
    const word = words.find((each) => lower.startsWith(each, at));
    if (word === undefined) {
      at++;
      continue;
    }
    add("plain", plainFrom, at);
    add("highlight", at, at + word.length);
    at += word.length;
    plainFrom = at;
  }
  add("plain", plainFrom, text.length);
  return chunks;
}

/** Where the phrase stands in an article: its title, and what of its text has a match. */
export function highlightsOf(row: ArticleRow, phrase: string) {
  const words = wordsOf(phrase);
  const { title, description, body } = mainContent(row);
  const summaries = [description, ...textOfHtml(body).split("\n")]
    .map((text) => chunksOf(text, words))
    .filter((chunks) => chunks.some(({ type }) => type === "highlight"));
  return {
    article_id: row.id,
    highlighted_title: chunksOf(title, words),
    highlighted_summary: summaries,
  };
}
