// Fails where a text of the English catalogue is used nowhere. (A key that another language lacks, or has too much, the compiler finds.)
import { relative } from 'node:path';
import ts from 'typescript';

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();
const isEnglish = (file) => /\/i18n\/en\/(?!index\.ts)[^/]+\.ts$/.test(file.fileName);
const isOther = (file) => /\/i18n\/(?!en\/)[^/]+\/[^/]+\.ts$/.test(file.fileName) || file.fileName.endsWith('.test.ts') || file.isDeclarationFile;

const unused = new Map();
for (const file of program.getSourceFiles().filter(isEnglish)) {
  collect(file);
}
for (const file of program.getSourceFiles().filter((file) => !isEnglish(file) && !isOther(file))) {
  look(file);
}

if (unused.size > 0) {
  for (const node of unused.keys()) {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    console.error(`${relative('.', file.fileName)}:${line + 1}: nothing says "${node.name.text}".`);
  }
  process.exit(1);
}

function collect(node) {
  if (ts.isPropertyAssignment(node) && !ts.isObjectLiteralExpression(node.initializer)) {
    unused.set(node, true);
  }
  ts.forEachChild(node, collect);
}

function look(node) {
  if (ts.isPropertyAccessExpression(node)) {
    use(checker.getSymbolAtLocation(node.name));
  } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    use(checker.getTypeAtLocation(node.parent).getProperty((node.propertyName ?? node.name).text));
  } else if (ts.isElementAccessExpression(node)) {
    useAll(node.expression);
  } else if (ts.isVariableDeclaration(node) && node.type && node.initializer) {
    // Given another type, as `Record<string, string | undefined>`: any of its texts may be asked for from there.
    useAll(node.initializer);
  }
  ts.forEachChild(node, look);
}

function use(symbol) {
  for (const declaration of symbol?.declarations ?? []) {
    unused.delete(declaration);
  }
}

function useAll(expression) {
  for (const property of checker.getTypeAtLocation(expression).getProperties()) {
    if (property.declarations?.some((declaration) => isEnglish(declaration.getSourceFile()))) {
      use(property);
    }
  }
}
