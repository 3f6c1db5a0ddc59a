const characters: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};

/** We read only this many characters: even with tags, they hold more than a line shows. */
const longestRead = 2000;
const longestShown = 60;

/** The beginning of a message as text, for a list. */
export function firstWords(html: string): string {
  const text = html
    .slice(0, longestRead)
    .replace(/<[^<>]*>?/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (name) => characters[name] ?? name)
    .replace(/\s+/g, " ")
    .trim();
  return text.length > longestShown ? `${text.slice(0, longestShown).trimEnd()}…` : text;
}
