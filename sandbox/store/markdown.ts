import { htmlOfText } from "./html";

const escaped = (text: string) => htmlOfText(text).slice("<p>".length, -"</p>".length);

const inline = (text: string) =>
  escaped(text)
    .replace(/\[([^[\]]{1,500})\]\(([^\s()]{1,2000})\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]{1,2000})\*\*/g, "<b>$1</b>")
    .replace(/\*([^*]{1,2000})\*/g, "<i>$1</i>");

/** Knows headings, lists, paragraphs, bold, italic and links, and leaves other Markdown unchanged. */
export function htmlOfMarkdown(markdown: string): string {
  return markdown
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const text = block.trim();
      if (text === "") return [];
      const [, marks = "", heading = ""] = /^(#{1,4}) ([^\n]+)$/.exec(text) ?? [];
      if (marks) return [`<h${marks.length}>${inline(heading)}</h${marks.length}>`];
      const lines = text.split("\n");
      if (lines.every((line) => /^[-*] /.test(line))) {
        return [`<ul>${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join("")}</ul>`];
      }
      return [`<p>${inline(lines.join(" "))}</p>`];
    })
    .join("\n");
}
