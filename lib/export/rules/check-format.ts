/** @throws Error for what is no manifest of a format that is known here */
export function checkFormat({ format }: { readonly format: unknown }): void {
  if (format === 1) return;
  throw new Error(
    `a manifest of format 1 is expected, this has ${JSON.stringify(format)}; make it anew with \`npx nestjs-cors manifest\``,
  );
}
