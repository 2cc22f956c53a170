import ts from 'typescript';

/** Read once: every program asks for Nest's and Node's declarations. */
const READ = new Map<string, ts.SourceFile | undefined>();

/**
 * A host of the compiler that has some files in memory, and reads the others once in a suite.
 *
 * @param written the text of a file in memory
 */
export function compilerHost(
  options: ts.CompilerOptions,
  written: (file: string) => string | undefined,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    const text = written(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    if (!READ.has(name)) READ.set(name, read(name, version));
    return READ.get(name);
  };
  return host;
}

/** The options of our own `tsconfig.json`. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, process.cwd()).options;
}
