/** A person trusts what a configuration asks for by reading it, so what a terminal would act on or not show is written out. */
export function visible(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]|[\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
