import type { Bar, Chart } from "./figure";
import { rounded } from "./table";

const width = 800;
const labelWidth = 350;
const valueWidth = 60;
const barHeight = 18;
const lineHeight = 26;
const groupGap = 14;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/**
 * Horizontal bars in groups, with a line at 1. The white ground keeps the chart readable on any
 * page.
 */
export function draw({ title, groups }: Chart): string {
  const longest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const scale = (width - labelWidth - valueWidth) / longest;
  const parts: string[] = [];
  let y = 50;

  const drawBar = ({ label, value, isOurs }: Bar) => {
    const middle = y + barHeight / 2;
    const length = Math.max(1, value * scale).toFixed(1);
    const weight = isOurs ? ' font-weight="bold"' : "";
    parts.push(
      `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end" dominant-baseline="central"${weight}>${escaped(label)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${length}" height="${barHeight}" rx="2" fill="${isOurs ? "#286efa" : "#b4bdcb"}"/>`,
      `<text x="${labelWidth + Number(length) + 6}" y="${middle}" dominant-baseline="central"${weight}>${rounded(value)}</text>`,
    );
    y += lineHeight;
  };

  for (const { label, bars } of groups) {
    parts.push(
      `<text x="16" y="${y + barHeight / 2}" dominant-baseline="central" font-weight="bold">${escaped(label)}</text>`,
    );
    y += lineHeight;
    const top = y;
    for (const bar of bars) drawBar(bar);
    const one = (labelWidth + scale).toFixed(1);
    parts.push(
      `<line x1="${one}" y1="${top - 4}" x2="${one}" y2="${y - 4}" stroke="#1c2430" stroke-dasharray="3 3"/>`,
    );
    y += groupGap;
  }

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="13" fill="#1c2430" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    `<text x="16" y="28" font-size="15" font-weight="bold">${escaped(title)}</text>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
