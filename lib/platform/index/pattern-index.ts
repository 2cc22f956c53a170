import { SegmentTrie, shapeOf } from './segment-trie.js';

/** Request targets that mean the same to every router: nothing to decode, to drop or to add. */
const PLAIN_TARGET = /^(?:\/[A-Za-z0-9_.~-]+)+(?:\?|$)/;

/** Patterns that match the same paths. */
interface Shape {
  readonly pattern: string;
  /** Whether something beside the path decides too. */
  bound: boolean;
  /** Whether no other shape matches a path that this one does, and how many shapes there were when that was found out. */
  alone?: { readonly is: boolean; readonly among: number };
}

/** Tells at which targets the patterns of one shape stand alone, so that what a router does at one it does at all of them. */
export class PatternIndex {
  private readonly trie = new SegmentTrie();
  private readonly shapes: Shape[] = [];
  private readonly known = new Map<string, Shape>();
  private readonly byPattern = new Map<string, Shape>();

  /** @param bound whether something beside the path decides about this route */
  add(pattern: string, bound: boolean): void {
    const shape = shapeOf(pattern);
    const known = shape === undefined ? undefined : this.known.get(shape);
    const added = known ?? { pattern, bound: shape === undefined };
    added.bound ||= bound;
    this.byPattern.set(pattern, added);
    if (known !== undefined) return;
    this.trie.add(pattern, this.shapes.push(added) - 1);
    if (shape !== undefined) this.known.set(shape, added);
  }

  /**
   * The only shape that could match at a target; the same object for all targets where it does.
   *
   * @param pattern one that matches there: where nothing else matches what it does, there is nothing to look up
   */
  alikeAt(target: string, pattern?: string): object | undefined {
    if (!PLAIN_TARGET.test(target)) return undefined;
    const matching = pattern === undefined ? undefined : this.byPattern.get(pattern);
    const shape = matching && this.isAlone(matching) ? matching : this.onlyOneAt(target);
    return shape?.bound === false ? shape : undefined;
  }

  private onlyOneAt(target: string): Shape | undefined {
    const query = target.indexOf('?');
    const candidates = this.trie.candidates(query === -1 ? target : target.slice(0, query));
    return candidates.length === 1 ? this.shapes[candidates[0] as number] : undefined;
  }

  private isAlone(shape: Shape): boolean {
    const among = this.shapes.length;
    if (shape.alone?.among !== among) {
      shape.alone = { is: this.trie.overlapping(shape.pattern).length === 1, among };
    }
    return shape.alone.is;
  }
}
