// Fails where package.json names a package that nothing uses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
// The tests in a browser take what they bring into its pages from here.
const folders = ['src', 'docs', 'public', 'checks', '../../tests/App/Web'];
const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
const own = files.filter((file) => !file.endsWith('schema.d.ts'));
const text = [...own, 'vite.config.ts', 'eslint.config.js', 'tsconfig.json', 'index.html'].map((file) => readFileSync(file, 'utf8')).join('\n') + Object.values(scripts).join('\n');

// A program that a script calls by another name than its package's, and types that the compiler takes by themselves.
const known = { '@types/node': 'types": ["vite/client", "node"', '@types/react': "'react'", '@types/react-dom': 'react-dom/', typescript: 'tsc', 'react-dom': 'react-dom/client' };

const unused = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !text.includes(known[name] ?? name));
if (unused.length > 0) {
  console.error(`Nothing uses ${unused.join(', ')}: take it out of package.json.`);
  process.exit(1);
}
