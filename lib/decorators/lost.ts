import type { Type } from '@nestjs/common';
import type { IssueCollector } from '../config/issues/issue-collector.js';
import { chainOf } from './inheritance.js';
import {
  type CorsDeclaration,
  declarationsOf,
  declaredMembers,
  type DeclaredMember,
  decoratorName,
  isDecorated,
  ownDeclarations,
} from './metadata.js';

const HANDLERS = 'CORS decorators stand on controllers and on the methods that handle their routes';

/**
 * Reports declarations that are found on none of the functions and classes that Nest meets: another decorator has
 * replaced what they stood on, or they stand on something that is no method.
 *
 * @example
 * ```ts
 * @Get() @Transactional() @NoCors() secret() {} // @Transactional() returns another function, which nobody declared
 * ```
 */
export function reportLost(types: Iterable<Type>, issues: IssueCollector): void {
  const reported = new Set<object>();
  for (const type of types) {
    const classes = chainOf(type);
    const prototypes = chainOf(type.prototype as unknown);
    reportReplacedClass(type, classes, prototypes, issues);
    for (const chain of [classes, prototypes]) {
      for (const [holder, member] of lostMembers(chain)) {
        if (!reported.has(member)) add(holder, member, issues);
        reported.add(member);
      }
    }
  }
}

function* lostMembers(chain: readonly object[]): Generator<[holder: object, DeclaredMember]> {
  for (const [index, holder] of chain.entries()) {
    for (const member of declaredMembers(holder)) {
      const overridden = chain.slice(0, index).some((nearer) => Object.hasOwn(nearer, member.key));
      if (!overridden && isLost(holder, member)) yield [holder, member];
    }
  }
}

/** A static method is called by no route, wherever its declaration is. */
function isLost(holder: object, { key, method, declaration }: DeclaredMember): boolean {
  if (method === undefined || typeof holder === 'function') return true;
  const current: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
  return typeof current !== 'function' || !declarationsOf(current).includes(declaration);
}

function add(
  holder: object,
  { key, method, declaration }: DeclaredMember,
  issues: IssueCollector,
): void {
  const isStatic = typeof holder === 'function';
  const owner = isStatic ? holder : holder.constructor;
  const where = `${owner.name}.${String(key)}`;
  const message =
    method === undefined || isStatic
      ? `${decoratorName(declaration)} stands on ${isStatic ? 'a static member' : 'a property, an accessor or a parameter'}, which handles no route, so it would have no effect; move it: ${HANDLERS}`
      : belowAnother(declaration, 'method', 'function');
  issues.add('decorator-without-effect', where, message);
}

function belowAnother(declaration: CorsDeclaration, kind: string, put: string): string {
  const name = decoratorName(declaration);
  return `${name} stands below a decorator that puts another ${put} in the ${kind}'s place, so it would be lost and the policy above would hold, if any; move ${name} to the top of the decorators of this ${kind}, or to the end of applyDecorators()`;
}

/** A class in another's place, such as a proxy, has the prototype of the decorated one and is no subclass of it. */
function reportReplacedClass(
  type: Type,
  classes: readonly object[],
  prototypes: readonly object[],
  issues: IssueCollector,
): void {
  for (const { constructor } of prototypes) {
    if (classes.includes(constructor) || !isDecorated(constructor)) continue;
    if (classes.some(isDecorated)) continue;
    const [declaration] = ownDeclarations(constructor);
    if (declaration === undefined) continue;
    const message = belowAnother(declaration, 'class', 'class');
    issues.add('decorator-without-effect', type.name, message);
  }
}
