// The page. Nothing here is needed: every screen works without this file, by forms.
'use strict';

const $ = (id) => document.getElementById(id);
const announce = (words) => { $('annonces').textContent = words; };

// --- Zones: a new page is fetched, and only what changed of it takes the place of what is there ----------

// Puts the zones of a fetched page in place; the one where a person types is left alone unless `all`.
function place(html, all) {
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  const focused = document.activeElement, around = focused?.closest('[data-zone]')?.id;
  const stood = around ? reached($(around)).indexOf(focused) : -1, height = focused?.getBoundingClientRect().top;
  const opened = [...document.querySelectorAll('details[open][id]')].map((one) => one.id);
  const [from, to] = [focused?.selectionStart ?? null, focused?.selectionEnd];
  for (const zone of fresh.querySelectorAll('[data-zone]')) {
    const here = $(zone.id);
    if (!here || here === zone || (!all && here.outerHTML === zone.outerHTML)) continue;  // one within another has come with it
    if (!all && here.contains(focused) && focused.matches('input, textarea, select')) continue;
    here.replaceWith(document.adoptNode(zone));
  }
  for (const field of document.querySelectorAll('main [aria-invalid]')) {  // one that stays, and is right by now
    if (fresh.getElementById(field.id)?.hasAttribute('aria-invalid') === false) field.removeAttribute('aria-invalid');
  }
  for (const field of fresh.querySelectorAll('main [aria-invalid]')) $(field.id)?.setAttribute('aria-invalid', 'true');
  for (const id of opened) $(id)?.setAttribute('open', '');
  for (const [name, value] of waiting) {  // typed since the page that came was asked
    const field = document.querySelector(`main [name="${CSS.escape(name)}"]`);
    if (field && field.value !== value) field.value = value;
  }
  document.dispatchEvent(new Event('zones'));
  if (!around) return;
  if (!focused.isConnected) (again(focused) ?? alike(focused, $(around), stood))?.focus({preventScroll: true});
  const now = document.activeElement;
  if (now !== focused && from !== null && now.selectionStart !== null) now.setSelectionRange?.(from, to);
  if (now !== document.body) scrollBy(0, now.getBoundingClientRect().top - height);  // under her eyes, whatever came above it
}

// What had the focus, where it is now: a button follows the row that it moved, or stays with the list that it emptied.
function again(focused) {
  if (focused.id) return $(focused.id);
  const [act, path = ''] = (focused.value ?? '').split(':');
  const at = path.lastIndexOf('.'), list = path.slice(0, at);
  const there = `${list}.${Number(path.slice(at + 1)) + ({monter: -1, descendre: 1}[act] ?? 0)}`;
  const wanted = [`${act}:${there}`, `monter:${there}`, `descendre:${there}`, `retirer:${there}`, `ajouter:${list}`, focused.value];
  return wanted.map((one) => document.querySelector(`button[name=geste][value="${CSS.escape(one)}"]:not([hidden])`)).find(Boolean);
}

// What Tab stops at in a zone.
const reached = (zone) => [...(zone?.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary') ?? [])].filter((one) => one.checkVisibility());

// What says the same in the zone that came, the nearest of them; else what stands in its place: Tab goes on from where it was.
function alike(focused, zone, stood) {
  const all = reached(zone), says = (one) => [one.tagName, one.name, one.value, one.href, one.textContent.trim()].join('\n');
  const same = all.filter((one) => says(one) === says(focused));
  const far = (one) => Math.abs(all.indexOf(one) - stood);
  return same.sort((one, other) => far(one) - far(other))[0] ?? all[Math.min(stood, all.length - 1)];
}

async function fetched(address, options) {
  const answer = await fetch(address, {headers: {'x-partiel': '1'}, ...options});
  if (answer.status === 403 || answer.status >= 500) throw new Error(String(answer.status));
  return answer.text();
}

// --- Saving as one types: only the field that changed is sent, with what it said before -------------------

const waiting = new Map();   // name of a field → what it says, until the server has it
let sending = Promise.resolve();
let delay = 500;

const fieldsOf = (form) => [...form.elements].filter((one) => one.name?.startsWith('v:'));
const before = (form, field) => form.elements[`a:${field.name.slice(2)}`];

function saved(words, wrong) {
  const place = $('enregistre')?.querySelector('span');
  if (place) place.textContent = words;
  $('enregistre')?.classList.toggle('en-attente', Boolean(wrong));
}

function typed(form, field) {
  if (before(form, field)?.value === field.value) return waiting.delete(field.name);
  waiting.set(field.name, field.value);
  saved('À enregistrer…', true);
  keep(form);
  clearTimeout(form.later);
  form.later = setTimeout(() => send(form), 350);
}

// What is not saved yet outlives the server and the tab.
function keep(form) {
  if (waiting.size) sessionStorage.setItem(form.action, JSON.stringify([...waiting]));
  else sessionStorage.removeItem(form.action);
}

// One after the other: what is sent next says what was there after the last.
function send(form, gesture) {
  clearTimeout(form.later);
  return sending = sending.then(() => waiting.size || gesture ? sendNow(form, gesture) : undefined);
}

async function sendNow(form, gesture) {
  const sent = new Map(waiting);
  const body = new URLSearchParams({jeton: form.elements.jeton.value});
  for (const [name, value] of sent) {
    body.set(name, value);
    body.set(`a:${name.slice(2)}`, form.elements[`a:${name.slice(2)}`]?.value ?? '');
  }
  for (const [name, value] of gesture ?? []) body.set(name, value);
  try {
    const html = await fetched(form.action, {method: 'POST', body});
    const refused = html.includes('data-conflit');
    for (const [name, value] of sent) {
      if (waiting.get(name) === value) waiting.delete(name);
      const old = form.elements[`a:${name.slice(2)}`];
      if (old && !refused) old.value = value;
    }
    delay = 500;
    keep(form);
    $('perdu').hidden = true;
    if (refused || !leaving) place(html, Boolean(gesture));
    saved(waiting.size ? 'À enregistrer…' : 'Enregistré', waiting.size);
  } catch {
    lost(form);
  }
  if (waiting.size && $('perdu').hidden) form.later = setTimeout(() => send(form), 350);
}

// The server is gone: nothing is lost, it is asked again less and less often.
function lost(form) {
  const band = $('perdu');
  band.hidden = false;
  band.replaceChildren(`La page ne répond plus. ${waiting.size > 1 ? `${waiting.size} modifications attendent` : 'Votre modification attend'} ici ; relancez « ctgdocs ouvrir ». `);
  const copy = document.createElement('button');
  copy.className = 'lien';
  copy.textContent = 'Copier mes modifications';
  copy.onclick = () => navigator.clipboard.writeText([...waiting].map(([name, value]) => `${name.slice(2)} : ${value}`).join('\n'));
  band.append(copy);
  delay = Math.min(delay * 2, 30000);
  setTimeout(() => send(form, []), delay);
}

document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (form?.matches('[data-vif]') && event.target.name?.startsWith('v:')) typed(form, event.target);
});

// A button of a form that is alive, and every undo: sent without leaving the page.
document.addEventListener('submit', (event) => {
  const form = event.target, button = event.submitter;
  if (form.matches('[data-vif]')) {
    event.preventDefault();
    const chosen = [...form.elements].filter((one) => one.name?.startsWith('n:')).map((one) => [one.name, one.value]);
    const forced = button?.name === 'forcer' ? form.elements[`v:${button.value}`] : null;
    if (forced) waiting.set(forced.name, forced.value);
    send(form, button?.name ? [[button.name, button.value], ...chosen] : undefined);
  } else if (form.id === 'annuler') {
    event.preventDefault();
    fetched(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})
      .then((html) => { waiting.clear(); place(html, true); announce('Annulé'); }, () => form.submit());
  }
});

// What leads elsewhere waits until all is written: she is asked nothing, and nothing stays behind.
const unwritten = [{left: () => waiting.size, written: () => send(document.querySelector('[data-vif]'))}];
const toWrite = () => unwritten.filter((one) => one.left());
let leaving = false;

async function leave(event, away, go) {
  if (!away || !toWrite().length || !$('perdu').hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (leaving) return;
  leaving = true;
  while (toWrite().length && $('perdu').hidden) await Promise.all(toWrite().map((one) => one.written()));
  leaving = false;
  if ($('perdu').hidden && !document.querySelector('[data-conflit]')) go();
}

addEventListener('submit', (event) => {
  const form = event.target, button = event.submitter;
  leave(event, !form.matches('[data-vif], [data-gestes], [method=dialog]'), () => form.requestSubmit(button));
}, true);

addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]:not([target], [data-voir], [data-aller], [data-touches])');
  const address = link && new URL(link.getAttribute('href'), location.href);
  const elsewhere = address && address.pathname + address.search !== location.pathname + location.search;
  leave(event, elsewhere && !event.ctrlKey && !event.metaKey && !event.shiftKey, () => { location.href = address.href; });
}, true);

addEventListener('beforeunload', (event) => { if (toWrite().length) event.preventDefault(); });

for (const form of document.querySelectorAll('[data-vif]')) {
  const came = fieldsOf(new DOMParser().parseFromString(form.outerHTML, 'text/html').forms[0]);
  fieldsOf(form).forEach((field, at) => { if (field.value !== came[at].value) typed(form, field); });  // before this file was there
  const left = JSON.parse(sessionStorage.getItem(form.action) ?? '[]');
  for (const [name, value] of left) {
    const field = form.elements[name];
    if (field) { field.value = value; typed(form, field); }
  }
}

// --- Long texts: a few marks, and what can be cited -------------------------------------------------------

let writing = null;   // the id of the text that a citation goes to, and where: its zone may be drawn again meanwhile

function marks() { for (const bar of document.querySelectorAll('.barre-texte')) bar.hidden = false; }

function insert(area, start, end, words) {
  area.focus();
  area.setSelectionRange(start, end);
  area.setRangeText(words, start, end, 'end');
  area.dispatchEvent(new Event('input', {bubbles: true}));
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-texte], [data-citer]');
  if (!button) return;
  const area = $(button.dataset.texte ? button.closest('.barre-texte').dataset.pour : writing?.id);
  if (!area) return;
  const {selectionStart: start, selectionEnd: end, value} = area;
  if (button.dataset.texte === 'gras') insert(area, start, end, `**${value.slice(start, end) || 'texte'}**`);
  else if (button.dataset.texte === 'citer') { writing = {id: area.id, start, end}; $('citer').showModal(); }
  else if (button.dataset.citer) { $('citer').close(); insert(area, writing.start, writing.end, button.dataset.citer); }
  else {
    const from = value.lastIndexOf('\n', start - 1) + 1;
    const rows = value.slice(from, end).split('\n');
    const first = button.dataset.texte === 'liste' ? () => '- ' : (at) => `${at + 1}. `;
    insert(area, from, end, rows.map((row, at) => first(at) + row).join('\n'));
  }
});

// --- The real page beside the form ------------------------------------------------------------------------

let looking = 0;

async function preview() {
  const here = $('feuilles');
  if (!here?.dataset.apercu || !here.checkVisibility()) return;
  const turn = ++looking, address = here.dataset.apercu, since = `depuis=${here.dataset.pose ?? ''}`;
  here.classList.add('en-cours');
  for (const speed of ['?vite&', '?']) {
    let html;
    try { html = await fetched(address + speed + since); } catch { break; }
    if (turn !== looking) return;
    const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('feuilles');
    const there = $('feuilles');
    if (!fresh || !there) break;
    if (fresh.dataset.pose !== there.dataset.pose || !fresh.dataset.pose) {
      const at = there.scrollTop;
      fresh.dataset.apercu = address;
      await Promise.all([...fresh.querySelectorAll('img')].slice(0, 3).map((one) => { one.loading = 'eager'; return one.decode().catch(() => {}); }));
      if (turn !== looking) return;
      const inside = there.contains(document.activeElement) && document.activeElement.getAttribute('href');
      there.replaceWith(fresh);
      fresh.scrollTop = at;
      if (inside) fresh.querySelector(`a[href="${CSS.escape(inside)}"]`)?.focus({preventScroll: true});
      const marks = [...fresh.querySelectorAll('.nouveau')];
      show(marks.length || at || !part(new URL(location.href)) ? marks : together(zones(isHere)));
    }
    if (fresh.hasAttribute('data-exact')) break;
  }
  $('feuilles')?.classList.remove('en-cours');
}

// Scrolls the pages to the first of some places, unless one of them is in sight.
function show(places) {
  const frame = $('feuilles'), sight = frame?.getBoundingClientRect();
  if (!places.length || !sight) return;
  const seen = (one) => { const box = one.getBoundingClientRect(); return box.top >= sight.top && box.bottom <= sight.bottom; };
  if (!places.some(seen)) frame.scrollTop += places[0].getBoundingClientRect().top - sight.top - sight.height / 3;
}

// Of some places, those of the page that has most of them.
function together(places) {
  const pages = Map.groupBy(places, (one) => one.closest('.feuille'));
  return [...pages.values()].sort((one, other) => other.length - one.length)[0] ?? [];
}

// The field in focus is shown on its page; a text of the page leads to its field.
const part = (address) => address.searchParams.get('partie');
const isHere = (address) => address.pathname === location.pathname && part(address) === part(new URL(location.href));
const zones = (wanted) => [...document.querySelectorAll('#feuilles a')].filter((one) => wanted(new URL(one.getAttribute('href'), location.href)));

document.addEventListener('focusin', (event) => {
  if (!event.target.id?.startsWith('c-') || !$('feuilles')) return;
  for (const one of zones(() => true)) one.classList.remove('ici');
  const its = zones((address) => isHere(address) && address.hash === `#${event.target.id}`);
  for (const one of its) one.classList.add('ici');
  show(its);
});

document.addEventListener('click', (event) => {
  const zone = event.target.closest?.('#feuilles a');
  const address = zone && new URL(zone.getAttribute('href'), location.href);
  if (!address?.hash || !isHere(address) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.replaceState(null, '', address.hash);
  reach();
});

// Beside a list, where there is room: the pages of the document that is looked at.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('[data-voir]');
  if (!link || !$('feuilles')?.checkVisibility() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  Object.assign($('feuilles').dataset, {apercu: link.getAttribute('href'), pose: ''});
  $('apercu-de').textContent = link.closest('tr').dataset.titre;
  $('feuilles').scrollTop = 0;
  announce(`Aperçu : ${$('apercu-de').textContent}`);
  preview();
});

let soon;
document.addEventListener('zones', () => { marks(); clearTimeout(soon); soon = setTimeout(preview, 60); });

// --- Keyboard: none of these is needed --------------------------------------------------------------------

let sought = 0;

// Where the words that are typed lead.
async function seek() {
  const turn = ++sought, html = await fetched(`/aller?q=${encodeURIComponent($('aller-mots').value)}`).catch(() => '');
  if (turn !== sought || !html) return;
  const list = new DOMParser().parseFromString(html, 'text/html').getElementById('buts');
  const there = $('aller-buts').contains(document.activeElement) && document.activeElement.getAttribute('href');
  $('aller-buts').replaceChildren(list);
  if (there) (list.querySelector(`a[href="${CSS.escape(there)}"]`) ?? $('aller-mots')).focus();
  announce(list.dataset.nombre > 1 ? `${list.dataset.nombre} réponses` : list.dataset.nombre === '1' ? '1 réponse' : 'Aucune réponse');
}

function goAnywhere() {
  $('aller').showModal();
  $('aller-mots').select();
  seek();
}

async function keys() {
  if (!$('liste-touches')) {
    const html = await fetched('/touches');
    $('touches-liste').replaceChildren(new DOMParser().parseFromString(html, 'text/html').getElementById('liste-touches'));
  }
  $('touche-seule').checked = localStorage.getItem('touche') !== 'non';
  if (!$('touches').open) $('touches').showModal();
}

$('aller-mots').addEventListener('input', seek);
$('touche-seule').addEventListener('change', (event) => localStorage.setItem('touche', event.target.checked ? 'oui' : 'non'));

$('aller').addEventListener('keydown', (event) => {
  const links = [$('aller-mots'), ...$('aller-buts').querySelectorAll('a')];
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (event.key === 'Enter' && event.target === links[0]) { event.preventDefault(); event.stopPropagation(); links[1]?.click(); }
  if (!step) return;
  event.preventDefault();
  links[(links.indexOf(document.activeElement) + step + links.length) % links.length].focus();
});

document.addEventListener('click', (event) => {
  const act = event.target.closest?.('[data-aller]') ? goAnywhere : event.target.closest?.('[data-touches]') ? keys : null;
  if (act && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act(); }
});

document.addEventListener('keydown', (event) => {
  const inText = event.target.matches?.('input, textarea, select');
  if ((event.ctrlKey || event.metaKey) && event.key === 'k') { event.preventDefault(); goAnywhere(); }
  else if (event.key === '?' && !inText && localStorage.getItem('touche') !== 'non') keys();
  else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') { event.preventDefault(); document.querySelector('main .principal')?.click(); }
  else if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !inText && $('annuler')) { event.preventDefault(); $('annuler').requestSubmit(); }
  else if (event.key === 'F6' && $('apercu')) {
    event.preventDefault();
    ($('apercu').contains(document.activeElement) ? $('fiche').querySelector('input:not([type=hidden]), textarea, select') : $('feuilles')).focus();
  } else if (event.altKey && event.key.startsWith('Arrow')) {
    const row = event.target.closest?.('.rangees > li');
    const act = {ArrowUp: 'monter', ArrowDown: 'descendre'}[event.key];
    const button = act && row?.querySelector(`.gestes [value^="${act}:"]:not([hidden])`);
    if (button) { event.preventDefault(); button.click(); }
  }
});

// A link to a field opens what hides it; to one that has no place of its own, the nearest above it.
function reach() {
  let wanted = decodeURIComponent(location.hash.slice(1)), field = null;
  while (wanted && !(field = $(wanted))) wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('-')));
  if (!field?.matches('main *')) return;  // « Aller au contenu » is the browser's own
  for (let above = field.closest('details'); above; above = above.parentElement.closest('details')) above.open = true;
  field.focus({preventScroll: true});
  field.scrollIntoView({block: 'center'});
}
addEventListener('hashchange', reach);

// --- What goes on: a run, a preview being made --------------------------------------------------------

let following = false;

async function follow() {
  if (following) return;
  following = true;
  while (document.querySelector('[data-suivre]')) {
    await new Promise((done) => { setTimeout(done, 600); });
    try { place(await fetched(location.href), false); } catch { break; }
  }
  following = false;
}

document.addEventListener('zones', follow);

// --- Tables: filtered as one types ----------------------------------------------------------------------

const flat = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

document.addEventListener('input', (event) => {
  const table = event.target.dataset?.filtre;
  if (!table) return;
  const rows = [...document.querySelectorAll(`#${table} tbody tr`)];
  const words = flat(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of rows) row.hidden = !words.every((word) => flat(row.textContent).includes(word));
  const seen = rows.filter((row) => !row.hidden).length;
  const said = seen > 1 ? `${seen} lignes` : seen ? '1 ligne' : 'Aucune ligne ne contient ces mots.';
  const none = $(`${table}-rien`) ?? document.createElement('p');
  Object.assign(none, {id: `${table}-rien`, className: 'vide', textContent: said, hidden: seen > 0});
  $(table).after(none);
  const count = event.target.form?.querySelector('[data-compte]');
  if (count) count.textContent = seen ? said : '';
  announce(said);
});

// Enter in a search must not send the form around it.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches?.('input[type=search]')) event.preventDefault();
});

// What the server would refuse (page/guard.py) is not sent: the rest of the form stays as it is.
const MOST = 24_900_000;

function weighed(field) {
  const heavy = [...field.files].reduce((sum, one) => sum + one.size, 0) > MOST;
  const words = heavy ? 'Ce qui est choisi dépasse 25 Mo : prenez un fichier plus léger, sans ses images par exemple.' : '';
  field.setCustomValidity(words);
  field.setAttribute('aria-invalid', heavy);
  field.parentElement.querySelector('.trop-lourd')?.remove();
  if (heavy) field.insertAdjacentHTML('afterend', `<p class="constat erreur trop-lourd" role="alert"><strong>${words}</strong></p>`);
}

document.addEventListener('change', (event) => { if (event.target.type === 'file') weighed(event.target); });

// A file dropped anywhere on a screen that takes one is the one that its field would have been given.
addEventListener('dragover', (event) => { if (document.querySelector('main input[type=file]')) event.preventDefault(); });
addEventListener('drop', (event) => {
  const field = document.querySelector('main input[type=file]');
  if (!field || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  weighed(field);
  field.form.requestSubmit();
});

marks();
reach();
preview();
follow();
