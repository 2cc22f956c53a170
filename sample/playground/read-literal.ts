import ts from 'typescript';

/**
 * The value of a literal in TypeScript: objects, arrays, strings, numbers, booleans, regular expressions. Nothing is run.
 *
 * @throws Error with a sentence for whoever wrote it
 */
export function readLiteral(text: string): unknown {
  const code = `(${text}\n)`;
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true });
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, ' '));
  const { statements } = ts.createSourceFile('policy.ts', code, ts.ScriptTarget.ES2022, true);
  const [statement] = statements;
  if (statement === undefined || statements.length > 1 || !ts.isExpressionStatement(statement))
    throw new Error('an object is expected: { origin: … }');
  return valueOf(statement.expression);
}

function valueOf(node: ts.Expression): unknown {
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    return -Number(valueOf(node.operand));
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isRegularExpressionLiteral(node)) return regularExpression(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (ts.isObjectLiteralExpression(node)) return Object.fromEntries(node.properties.map(entryOf));
  throw new Error(`${node.getText()}: the playground reads plain values only, and runs nothing`);
}

function entryOf(property: ts.ObjectLiteralElementLike): readonly [string, unknown] {
  const { name } = property;
  const isPlain = name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name));
  if (!ts.isPropertyAssignment(property) || !isPlain)
    throw new Error(`${property.getText()}: write it as option: value`);
  return [name.text, valueOf(property.initializer)];
}

function regularExpression(text: string): RegExp {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}
