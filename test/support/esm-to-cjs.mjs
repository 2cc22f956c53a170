// A transform for packages of ES modules that a CommonJS package requires: jest can do so by itself from Node 24.9 on.
import ts from 'typescript';

const OPTIONS = {
  compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
};

export default {
  process: (code, _path, { supportsStaticESM }) => ({
    code: supportsStaticESM ? code : ts.transpileModule(code, OPTIONS).outputText,
  }),
};
