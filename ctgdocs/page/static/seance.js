// The evening: a touch is drawn at once, sent in its turn, and the page follows. Without this file each touch is a form.
'use strict';

(() => {  // its names are its own: page.js has the same window
const NEXT = {'pour': ['contre', 'Contre'], 'contre': ['abstention', 'Abst.'], 'abstention': ['retrait', 'Se retire'], 'retrait': ['pour', '']};
let turn = Promise.resolve();
let toSend = 0;
unwritten.push({left: () => toSend, written: () => turn});

// The page is not replaced under a finger: a tile that goes between down and up would lose its touch.
let pressed = Promise.resolve();
document.addEventListener('pointerdown', () => {
  pressed = new Promise((lifted) => {
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => setTimeout(lifted), {once: true});
  });
});

function kept() {
  const zone = $('garde');
  if (zone) zone.textContent = toSend > 1 ? `${toSend} gestes à enregistrer` : 'Un geste à enregistrer';
}

// Shows what the touch will do, before the server has said so.
function drawn(tile) {
  const [voice, words] = NEXT[tile.dataset.voix] ?? [];
  if (!voice) return;
  tile.dataset.voix = voice;
  tile.querySelector('.voix')?.remove();
  if (words) tile.insertAdjacentHTML('beforeend', `<span class="voix">${words}</span>`);
}

async function sent(address, body, tries = 0) {
  try {
    const answer = await fetch(address, {method: 'POST', body, headers: {'x-partiel': '1'}});
    if (answer.redirected && answer.url.includes('/presence/')) {
      setTimeout(async () => { await turn; location.href = answer.url; });  // the touches after it are sent first
      return;
    }
    const html = await answer.text();
    await pressed;
    if (!answer.ok) { document.open(); document.write(html); document.close(); return; }
    if (toSend === 1 && !leaving) place(html, true);
    $('perdu').hidden = true;
  } catch (error) {
    $('perdu').hidden = false;
    $('perdu').textContent = 'La page ne répond plus : vos gestes sont gardés ici et repartiront dès qu’elle répond.';
    await new Promise((after) => setTimeout(after, Math.min(8000, 500 * 2 ** tries)));
    return sent(address, body, tries + 1);
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-gestes]')) return;
  event.preventDefault();
  const button = event.submitter;
  const address = button?.hasAttribute('formaction') ? button.formAction : form.action;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  if (button?.matches('.tuile') && body.get('toucher') === 'vote') drawn(button);
  toSend += 1;
  kept();
  turn = turn.then(() => sent(address, body)).finally(() => { toSend -= 1; });
});

// A mode of ballot is sent as soon as it is chosen.
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-aussitot]')) event.target.form.requestSubmit();
});

// In the grid: arrows go from cell to cell; one Tab leaves the table.
const cells = (table) => [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('a')]);
function grids() {
  for (const table of document.querySelectorAll('[data-grille]')) {
    const all = cells(table).flat();
    all.forEach((cell, rank) => { cell.tabIndex = rank ? -1 : 0; });
  }
}
document.addEventListener('keydown', (event) => {
  const cell = event.target.closest?.('[data-grille] a');
  const step = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]}[event.key];
  if (!cell || (!step && !['Home', 'End'].includes(event.key))) return;
  event.preventDefault();
  const rows = cells(cell.closest('table'));
  const at = rows.findIndex((row) => row.includes(cell));
  const column = rows[at].indexOf(cell);
  const next = step ? rows[at + step[0]]?.[column + step[1]] : rows[at].at(event.key === 'Home' ? 0 : -1);
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
grids();
})();
