import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ownPackage from '../own-package.cjs';

const FOLDER = join(ownPackage.folder, 'inspector/assets');

/** The files of the page, by name. The build puts their texts here, so that a program bundled into one file has them too. */
export const TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]),
);
