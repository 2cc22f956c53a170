// Checks of a command's answer; each returns a complaint, or nothing.

/** The lines of `routes`, with one or two blanks between columns. */
export function lists({ code, out, error }, said) {
  const lines = out.replaceAll(/ {2,}/g, '  ');
  const missing = said.filter((part) => !lines.includes(part));
  if (code === 0 && missing.length === 0) return undefined;
  return `routes: exit ${code}, without ${missing.join(' and ')}: ${brief(error)}`;
}

export function explains({ code, out, error }, expected, said) {
  if (code === expected && out.includes(said)) return undefined;
  return `explain: exit ${code}: ${brief(out + error)}`;
}

function brief(text) {
  return text.trim().replaceAll('\n', ' ').slice(0, 200);
}
