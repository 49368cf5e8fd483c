package io.edgewise.jobs.browser;

import java.util.ArrayList;
import java.util.List;

/** The texts of a page that can't be read: they lie over another, stick out of their box, are cut off, or break where they are short. */
public final class Legibility {
    private static final String FAULTS =
            """
            (() => {
              const faults = [];
              const texts = [];
              const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
                && !one.closest('.unseen, option, script, style, noscript, title, .skip');
              const overlap = (one, other) => [
                Math.min(one.right, other.right) - Math.max(one.left, other.left),
                Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
              const clips = (one) => [...function* () {
                for (let box = one; box; box = box.parentElement) {
                  if (getComputedStyle(box).overflowX !== 'visible') yield box;
                }
              }()];
              const within = (rect, box, slack) => rect.left >= box.left - slack && rect.right <= box.right + slack
                && rect.top >= box.top - slack && rect.bottom <= box.bottom + slack;
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const { data, parentElement: parent } = walker.currentNode;
                const text = data.trim();
                if (!text || !shown(parent)) continue;
                const range = document.createRange();
                range.selectNodeContents(walker.currentNode);
                const all = [...range.getClientRects()].filter((rect) => rect.width > 1);
                const fonts = parseFloat(getComputedStyle(parent).fontSize);
                // Letters are lower than their line.
                const rects = all.map((rect) => new DOMRect(rect.left, rect.top + (rect.height - fonts * .8) / 2, rect.width, fonts * .8));
                const seen = rects.filter((rect) => clips(parent).every((box) => {
                  const [right, down] = overlap(rect, box.getBoundingClientRect());
                  return right > 2 && down > 2;
                }));
                if (!seen.length) continue;
                let box = parent.closest('.node');
                if (box) {
                  box = box.querySelector('rect');
                } else if (!parent.closest('svg')) {
                  box = parent;
                  while (getComputedStyle(box).display.startsWith('inline')) box = box.parentElement;
                }
                const [clip] = clips(parent).map((one) => [one, getComputedStyle(one)]);
                const hidden = clip && clip[1].overflowX === 'hidden' && clip[1].textOverflow !== 'ellipsis' ? clip[0] : null;
                if (hidden && !seen.every((rect) => within(rect, hidden.getBoundingClientRect(), 1))) {
                  faults.push('cut off: ' + text);
                } else if (box && !seen.every((rect) => within(rect, box.getBoundingClientRect(), 1.5))) {
                  faults.push('out of its box: ' + text);
                }
                if (text.length <= 12 && new Set(rects.map((rect) => Math.round(rect.top))).size > 1) {
                  faults.push('broken in lines: ' + text);
                }
                if (/\\S(\\.\\.\\.|\\u2026)$/.test(text)) {
                  faults.push('shortened: ' + text);
                }
                texts.push(...seen.map((rect) => ({ rect, text, parent })));
              }
              document.querySelectorAll('th, td.num, button, label').forEach((one) => {
                const lines = texts.filter(({ parent }) => shown(one) && one.contains(parent)).map(({ rect }) => rect);
                if (one.textContent.length <= 12 && lines.some((rect) => Math.abs(rect.top - lines[0].top) > rect.height)) {
                  faults.push('broken in lines: ' + one.textContent);
                }
              });
              texts.forEach((one, index) => texts.slice(index + 1).forEach((other) => {
                const [right, down] = overlap(one.rect, other.rect);
                if (right > 1 && down > 2 && !one.parent.closest('thead, tbody th') && !other.parent.closest('thead, tbody th')) {
                  faults.push('over each other: ' + one.text + ' and ' + other.text);
                }
              }));
              return faults;
            })()
            """;

    private Legibility() {}

    /** What is wrong with which text of what is shown now. */
    public static List<String> faults(BrowserPage page) {
        List<String> faults = new ArrayList<>();
        page.ask(FAULTS).forEach(fault -> faults.add(fault.asText()));
        return faults;
    }
}
