/** Lines of a Markdown table with aligned columns. */
export function formatTable(head, rows) {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => String(row[column]).length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => String(cell).padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const inPercent = (share) => (share * 100).toFixed(1);
const plain = (number) => number.toFixed(2);

export function percent({ value, low, high }) {
  const sign = value < 0 ? '' : '+';
  return `${sign}${inPercent(value)} % [${inPercent(low)}, ${inPercent(high)}]`;
}

export function ratio({ value, low, high }, unit = '') {
  return `${plain(value)}${unit} [${plain(low)}, ${plain(high)}]`;
}
