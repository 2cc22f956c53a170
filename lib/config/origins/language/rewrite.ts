import type { RegExpGroup, RegExpNode } from './parser.js';

type Changed = Exclude<RegExpNode, RegExpGroup>;

/** A copy of the tree in which `change` has replaced what is no group; an atom that repeats, together with its quantifier. */
export function rewrite(group: RegExpGroup, change: (node: Changed) => RegExpNode): RegExpGroup {
  const visit = (node: RegExpNode): RegExpNode => {
    if (node.kind === 'group') return rewrite(node, change);
    const repeatsGroup = node.kind === 'repeat' && node.node.kind === 'group';
    return change(repeatsGroup ? { ...node, node: visit(node.node) } : node);
  };
  return { kind: 'group', alternatives: group.alternatives.map((nodes) => nodes.map(visit)) };
}

/** The tree as source again; the outermost group without its parentheses. */
export function sourceOf({ alternatives }: RegExpGroup): string {
  return alternatives.map((nodes) => nodes.map(nodeSource).join('')).join('|');
}

/** The tree with nothing in place of `^` and `$`. */
export function withoutAnchors(group: RegExpGroup): RegExpGroup {
  return rewrite(group, (node) =>
    node.kind === 'start' || node.kind === 'end' ? { kind: 'group', alternatives: [[]] } : node,
  );
}

/** The tree as if every dot that stands alone had been escaped. */
export function withDotsEscaped(group: RegExpGroup): RegExpGroup {
  return rewrite(group, (node) =>
    node.kind === 'atom' && node.source === '.' ? { kind: 'atom', source: '\\.' } : node,
  );
}

function nodeSource(node: RegExpNode): string {
  switch (node.kind) {
    case 'atom':
      return node.source;
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'group':
      return `(?:${sourceOf(node)})`;
    default:
      return nodeSource(node.node) + quantifier(node.min, node.max);
  }
}

function quantifier(min: number, max: number): string {
  if (max === Infinity && min < 2) return min === 0 ? '*' : '+';
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max === Infinity ? '' : max}}`;
}
