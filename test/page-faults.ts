// Looks at a page from within a browser; each function is sent there as a string, so that it names nothing outside itself.

/** What reaches over the sides of the window and cannot be scrolled to within its own box. */
export const outsideOf = `(() => {
  const width = document.documentElement.clientWidth;
  const scrolled = document.documentElement.scrollWidth > width ? ['the page is ' + document.documentElement.scrollWidth + ' wide'] : [];
  const found = [...document.querySelectorAll('body *')].filter((each) => {
    if (each.closest('.scroll') !== null || !each.checkVisibility()) return false;
    const { left, right } = each.getBoundingClientRect();
    return left < -0.5 || right > width + 0.5;
  });
  return [...scrolled, ...found.slice(0, 5).map((each) => each.outerHTML.slice(0, 120))];
})()`;

export interface Faults {
  /** How many texts there were. */
  readonly looked: number;
  readonly faint: readonly string[];
  readonly overlapping: readonly string[];
}

/** Texts with less contrast than WCAG 2.2 AA wants (4.5 to 1), and labels of drawings that stand over each other. */
export const faultsOf = `(() => {
  const rgb = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((each) => each / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((rgb(colour)[3] ?? 1) > 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() !== '' && element.checkVisibility() && !['title', 'desc'].includes(element.localName)) texts.push(element);
  }
  const faint = texts.filter((element) => {
    const style = getComputedStyle(element);
    return contrast(element instanceof SVGElement ? style.fill : style.color, groundOf(element)) < 4.5;
  });
  const overlapping = [...document.querySelectorAll('svg[role=img]')].filter((drawing) => {
    const boxes = [...drawing.querySelectorAll('text:not(.letter)')].filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect());
    return boxes.some((a, at) => boxes.slice(at + 1).some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2));
  });
  return { looked: texts.length, faint: faint.map((each) => each.outerHTML.slice(0, 120)), overlapping: overlapping.map((each) => each.textContent.slice(0, 80)) };
})()`;

/** What is one thing to read and would still be torn on paper: it may be broken, or it is higher than a page of A4. Asked at the width of that page, as print. */
export const tornOf = `(() => {
  const pageHeight = (297 - 30) / 25.4 * 96;
  return [...document.querySelectorAll('.card, .row, .signal, .funnel, .alarm, .why')].flatMap((each) => {
    const isWhole = getComputedStyle(each).breakInside === 'avoid' && each.getBoundingClientRect().height <= pageHeight;
    return isWhole ? [] : [each.className + ': ' + each.textContent.slice(0, 60)];
  });
})()`;
