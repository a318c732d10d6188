// Builds the admin for the .NET build: fetches packages where the lock file changed, then types, checks and bundles.
// One build at a time, also across processes; what goes wrong is said in one line that MSBuild understands.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const [inputs] = process.argv.slice(2);
const stamp = join(root, 'dist', '.built');
const packages = join(root, 'node_modules', '.installed');
const turn = join(root, 'obj', 'building');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

checkNode();
takeTurn();
try {
  if (!upToDate()) {
    install();
    bundle();
    writeFileSync(stamp, '');
  }
} finally {
  rmSync(turn, { force: true });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22)) {
    fail(`The web admin is built with Node.js 20.19, 22.12 or newer, and node here is ${process.versions.node}. ` +
      'Install a current Node.js, or build without the admin: -p:BuildWeb=false');
  }
}

/** Waits until no other live process builds. */
function takeTurn() {
  mkdirSync(dirname(turn), { recursive: true });
  for (;;) {
    try {
      const file = openSync(turn, 'wx');
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    if (abandoned()) {
      rmSync(turn, { force: true });
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function abandoned() {
  try {
    const owner = Number(readFileSync(turn, 'utf8'));
    if (owner > 0) {
      process.kill(owner, 0);
      return false;
    }
    // Made, and not signed yet: somebody is at it, unless that was long ago.
    return Date.now() - statSync(turn).mtimeMs > 5000;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Somebody else may have built while this process waited for its turn. */
function upToDate() {
  if (!existsSync(stamp) || inputs === undefined) {
    return false;
  }
  const built = statSync(stamp).mtimeMs;
  const files = [inputs, ...readFileSync(inputs, 'utf8').split(/\r?\n/).filter((line) => line !== '')];
  return files.every((file) => existsSync(file) && statSync(file).mtimeMs <= built);
}

function install() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(process.platform + process.arch).digest('hex');
  if (existsSync(packages) && readFileSync(packages, 'utf8') === wanted) {
    return;
  }
  console.log('Fetching the packages of the web admin ...');
  const ran = run(['ci', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']);
  if (ran.status !== 0) {
    const reasons = ran.lines.map((line) => line.replace(/^npm (ERR!|error)\s*/, '')).filter((line) => line !== '' && !/^code /.test(line));
    fail(`The packages of the web admin could not be fetched: ${reasons[0] ?? 'npm ci failed.'} Try \`npm ci\` in src/Web.`);
  }
  writeFileSync(packages, wanted);
}

function bundle() {
  console.log('Building the web admin ...');
  const ran = run(['run', '--silent', 'build']);
  if (ran.status === 0) {
    return;
  }
  // The compiler's own lines are errors with file and line already, once they say where from.
  const typed = ran.lines.filter((line) => /: error TS\d+:/.test(line));
  if (typed.length > 0) {
    typed.forEach((line) => console.error(join(root, line)));
    leave();
  }
  const at = ran.lines.findIndex((line) => /^\[[\w:.-]+\] /.test(line));
  const place = ran.lines.slice(at + 1).map((line) => /\[ (\S+:\d+:\d+) \]/.exec(line)?.[1]).find(Boolean);
  const reason = ran.lines[at] ?? ran.lines.find((line) => /error|✘/i.test(line)) ?? 'npm run build failed';
  fail(`The web admin could not be built: ${reason}${place === undefined ? '' : ` (${place})`}. Try \`npm run build\` in src/Web.`);
}

function run(args) {
  // .cmd files need a shell on Windows; the arguments are ours and hold nothing to quote.
  const ran = spawnSync(npm, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.error?.code === 'ENOENT') {
    fail('The web admin is built with npm, which is not installed (Debian keeps it apart from Node.js: apt-get install npm). Or build without the admin: -p:BuildWeb=false');
  }
  const lines = `${ran.stdout ?? ''}\n${ran.stderr ?? ''}`.replace(/\x1b\[[0-9;]*m/g, '').split(/\r?\n/);
  return { status: ran.status, lines: lines.map((line) => line.trim()).filter((line) => line !== '' && !/^npm warn/i.test(line)) };
}

function fail(message) {
  console.error(`${join(root, 'package.json')} : error WEB001: ${message}`);
  leave();
}

/** Ends with "failed, and said why"; process.exit runs no finally block, so the turn is given up here. */
function leave() {
  if (existsSync(turn) && readFileSync(turn, 'utf8') === String(process.pid)) {
    rmSync(turn, { force: true });
  }
  process.exit(3);
}
