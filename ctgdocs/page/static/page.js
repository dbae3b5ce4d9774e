// The page. Nothing here is needed: every screen works without this file, by forms.
'use strict';

const $ = (id) => document.getElementById(id);
const announce = (words) => { $('annonces').textContent = words; };

// --- Zones: a new page is fetched, and only what changed of it takes the place of what is there ----------

// Puts the zones of a fetched page in place; the one where a person types is left alone unless `all`.
function place(html, all) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const focused = document.activeElement;
  for (const zone of fresh.querySelectorAll('[data-zone]')) {
    const here = $(zone.id);
    if (!here || here.innerHTML === zone.innerHTML) continue;
    if (!all && here.contains(focused) && focused.matches('input, textarea, select')) continue;
    here.replaceWith(document.adoptNode(zone));
  }
  if (focused?.id && !focused.isConnected) $(focused.id)?.focus({preventScroll: true});
  document.dispatchEvent(new Event('zones'));
}

async function fetched(address, options) {
  const answer = await fetch(address, {headers: {'x-partiel': '1'}, ...options});
  if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
  return answer.text();
}

// --- What goes on: a run, a preview being made --------------------------------------------------------

function follow() {
  if (document.querySelector('[data-suivre]')) {
    setTimeout(async () => {
      try { place(await fetched(location.href), true); } catch { /* said by the next gesture */ }
      follow();
    }, 700);
  }
}

// --- Tables: filtered as one types ----------------------------------------------------------------------

const flat = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

document.addEventListener('input', (event) => {
  const table = event.target.dataset?.filtre;
  if (!table) return;
  const rows = [...document.querySelectorAll(`#${table} tbody tr`)];
  const words = flat(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !words.every((word) => flat(row.textContent).includes(word));
  const seen = rows.filter((row) => !row.hidden).length;
  announce(seen > 1 ? `${seen} lignes` : seen ? '1 ligne' : 'Aucune ligne ne contient ces mots.');
});

// Enter in a search must not send the form around it.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches?.('input[type=search]')) event.preventDefault();
});

follow();
