// In CI every law runs from one seed: a red run tells of the change, not of the draw. Elsewhere each run draws anew.
if (process.env['CI'] !== undefined) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ seed: 20_261_127 });
}
