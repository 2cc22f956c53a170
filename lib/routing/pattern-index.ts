import { SegmentTrie, shapeOf } from './segment-trie.js';

/** Request targets that mean the same to every router: nothing to decode, to drop or to add. */
const PLAIN_TARGET = /^((?:\/[A-Za-z0-9_.~-]+)+)(?:\?|$)/;

/** Patterns that match the same paths. */
interface Shape {
  /** Whether something beside the path decides too. */
  bound: boolean;
}

/** Tells at which targets the patterns of one shape stand alone, so that what a router does at one it does at all of them. */
export class PatternIndex {
  private readonly trie = new SegmentTrie();
  private readonly shapes: Shape[] = [];
  private readonly known = new Map<string, Shape>();

  /** @param bound whether something beside the path decides about this route */
  add(pattern: string, bound: boolean): void {
    const shape = shapeOf(pattern);
    const known = shape === undefined ? undefined : this.known.get(shape);
    if (known !== undefined) {
      known.bound ||= bound;
      return;
    }
    const added = { bound: bound || shape === undefined };
    this.trie.add(pattern, this.shapes.push(added) - 1);
    if (shape !== undefined) this.known.set(shape, added);
  }

  /** The only shape that could match at a target; the same object for all targets where it does. */
  alikeAt(target: string): object | undefined {
    const path = PLAIN_TARGET.exec(target)?.[1];
    if (path === undefined) return undefined;
    const candidates = this.trie.candidates(path);
    const shape = candidates.length === 1 ? this.shapes[candidates[0] as number] : undefined;
    return shape?.bound === false ? shape : undefined;
  }
}
