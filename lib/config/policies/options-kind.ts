/** A place for options: what can stand there, and how that is written. */
export interface OptionsKind {
  /** The options to write instead of something that is no object; valid wherever a policy named `app` is. */
  readonly example: string;
  /** Its options; `undefined` where any name is one, as among `policies`. */
  readonly known: Readonly<Record<string, true>> | undefined;
}

/** `policies`, where each key names a policy. */
export const POLICIES_KIND: OptionsKind = {
  example: "{ app: { origin: 'https://app.example.com' } }",
  known: undefined,
};
