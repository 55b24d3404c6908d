// Runs under any Node: says what to do when npm scripts do not run under the Node that this package brings.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`Factum needs Node 24; this is ${process.versions.node}.`);
  console.error('next: npm ci (without --ignore-scripts), which brings Node 24 for npm scripts');
  process.exit(3);
}
