const block = /^```sh\n([\s\S]*?)^```$/gm;

/** Without the remarks at the end of lines. Throws when there is nothing to run. */
export function commandsIn(readme: string): readonly string[] {
  const lines = [...readme.matchAll(block)].flatMap(([, text = '']) => text.split('\n'));
  const commands = lines.map((line) => line.replace(/(?:^|\s+)#.*$/, '').trim()).filter((line) => line !== '');
  if (commands.length === 0) throw new Error('the README has no commands');
  return commands;
}

/** Puts what was learnt on the way in place of `<name>`; throws when nothing is known for it. */
export function filledIn(command: string, known: Readonly<Record<string, string>>): string {
  return command.replaceAll(/<([a-z]+)>/g, (placeholder, name: string) => {
    const value = known[name];
    if (value === undefined) throw new Error(`${command}: nothing is known for ${placeholder}`);
    return value;
  });
}
