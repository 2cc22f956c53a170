/** A place where work waits until it may go on. */
export class Gate {
  private arrive: () => void = () => undefined;
  private goOn: () => void = () => undefined;
  /** Settled when somebody waits. */
  readonly reached = new Promise<void>((resolve) => (this.arrive = resolve));
  private readonly opened = new Promise<void>((resolve) => (this.goOn = resolve));

  pass(): Promise<void> {
    this.arrive();
    return this.opened;
  }

  open(): void {
    this.goOn();
  }
}
