// The six products of the demo's shop, drawn flat: each is what stands inside an <svg> of 400 × 400.

const floor = (colour, halo) =>
  `<rect width="400" height="400" fill="${colour}"/><circle cx="200" cy="205" r="165" fill="${halo}"/>`;

/** Rings and leaves, as on printed cotton. */
const wax = `
  <pattern id="wax" width="64" height="64" patternUnits="userSpaceOnUse" patternTransform="rotate(8)">
    <rect width="64" height="64" fill="#1d1b54"/>
    <circle cx="32" cy="32" r="24" fill="#f2a516"/><circle cx="32" cy="32" r="16" fill="#c8381f"/>
    <circle cx="32" cy="32" r="8" fill="#fff3d6"/>
    <path d="M0-10 10 0 0 10-10 0zM64-10 74 0 64 10 54 0zM0 54 10 64 0 74-10 64zM64 54 74 64 64 74 54 64z" fill="#15a39a"/>
  </pattern>`;

const dress = `<defs>${wax}</defs>${floor('#fdeecb', '#fbdf9f')}
  <path d="M150 78c-26 4-46 24-54 58l40 20 12-30z" fill="url(#wax)"/>
  <path d="M250 78c26 4 46 24 54 58l-40 20-12-30z" fill="url(#wax)"/>
  <path d="M150 78c8 26 92 26 100 0l14 4-8 66c-3 20 0 34 6 48 20 46 38 96 44 138-62 18-150 18-212 0 6-42 24-92 44-138 6-14 9-28 6-48l-8-66z" fill="url(#wax)"/>
  <path d="M142 186c38 14 78 14 116 0l6 18c-42 16-86 16-128 0z" fill="#15a39a"/>
  <path d="M150 78c8 26 92 26 100 0l8 3c-9 37-107 37-116 0z" fill="#fff3d6"/>
  <path d="M96 322c64 18 144 18 208 0l2 12c-62 18-150 18-212 0z" fill="#15a39a"/>`;

const stitches = [0, 1, 2, 3, 4, 5]
  .map((n) => `<circle cx="200" cy="${150 + n * 24}" r="5"/>
    <path d="M188 ${150 + n * 24}q-14-10-26 0 12 10 26 0zM212 ${150 + n * 24}q14-10 26 0-12 10-26 0z"/>`)
  .join('');

const bazin = `
  <defs><linearGradient id="sheen" x1="0" x2="1"><stop stop-color="#4b2a9b"/>
    <stop offset=".5" stop-color="#7a53d6"/><stop offset="1" stop-color="#4b2a9b"/></linearGradient></defs>
  ${floor('#eee6fd', '#ddcffa')}
  <path d="M152 72 60 150c-12 54-16 106-14 150l62 16 20-92 144 0 20 92 62-16c2-44-2-96-14-150L248 72c-16 22-80 22-96 0z" fill="#3b1f80"/>
  <path d="M152 72c-28 40-34 86-38 130-5 52-12 98-22 134 68 16 148 16 216 0-10-36-17-82-22-134-4-44-10-90-38-130-16 22-80 22-96 0z" fill="url(#sheen)"/>
  <path d="M140 130c-8 60-14 140-26 206M260 130c8 60 14 140 26 206M172 300l-6 42M228 300l6 42" stroke="#3b1f80" stroke-width="4" fill="none" opacity=".55"/>
  <path d="M152 72c16 22 80 22 96 0l10 12c-4 22-18 36-34 44v152l-24 22-24-22V128c-16-8-30-22-34-44z" fill="#f2c14e"/>
  <path d="M160 84c18 18 62 18 80 0l6 6c-6 18-18 28-32 34v150l-14 13-14-13V124c-14-6-26-16-32-34z" fill="#5a35b5"/>
  <g fill="#f2c14e">${stitches}</g>
  <path d="M92 330c68 16 148 16 216 0l2 10c-70 18-150 18-220 0zM48 290l62 16-2 10-62-16zM352 290l-62 16 2 10 62-16z" fill="#f2c14e"/>`;

const bag = `
  <defs><pattern id="braid" width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="40" height="40" fill="#8a4b1f"/>
    <rect x="1" y="2" width="18" height="36" rx="6" fill="#c97a3a"/><rect x="22" y="1" width="36" height="18" rx="6" fill="#b5682c"/>
    <rect x="22" y="22" width="16" height="16" rx="5" fill="#d99150"/>
  </pattern></defs>
  ${floor('#f3e3d3', '#e9cfb4')}
  <path d="M136 168c0-96 128-96 128 0" fill="none" stroke="#5c2f12" stroke-width="16" stroke-linecap="round"/>
  <path d="M96 160h208c12 0 18 6 20 18l20 132c2 18-8 30-26 30H82c-18 0-28-12-26-30l20-132c2-12 8-18 20-18z" fill="url(#braid)"/>
  <path d="M84 160h232c8 0 12 6 12 14v22H72v-22c0-8 4-14 12-14z" fill="#6f3a17"/>
  <path d="M150 160h100v62c0 22-16 36-50 36s-50-14-50-36z" fill="#6f3a17"/>
  <path d="M160 168h80v52c0 18-12 28-40 28s-40-10-40-28z" fill="none" stroke="#d99150" stroke-width="3" stroke-dasharray="8 6"/>
  <circle cx="200" cy="222" r="13" fill="#f2c14e"/><circle cx="200" cy="222" r="6" fill="#6f3a17"/>
  <circle cx="136" cy="178" r="9" fill="#f2c14e"/><circle cx="264" cy="178" r="9" fill="#f2c14e"/>
  <path d="M294 200l10 60m-10-60-8 62m8-62 0 66" stroke="#5c2f12" stroke-width="6" stroke-linecap="round"/>`;

const colours = ['#f2a516', '#15a39a', '#c8381f', '#ffffff', '#1659b8'];
const beads = (points) =>
  points.map(([x, y], n) => `<circle cx="${x}" cy="${y}" r="8.5" fill="${colours[n % 5]}"/>`).join('');

const sandal = `
  <path d="M100 40c40 0 58 36 54 84-3 34-16 58-14 96 2 40 8 60-4 84-14 26-58 26-72 0-12-24-6-44-4-84 2-38-11-62-14-96-4-48 14-84 54-84z" fill="#6f3a17"/>
  <path d="M100 50c32 0 48 32 44 76-3 32-16 56-14 94 2 38 8 56-2 76-12 22-44 22-56 0-10-20-4-38-2-76 2-38-11-62-14-94-4-44 12-76 44-76z" fill="#d99150"/>
  <path d="M100 96C76 118 54 136 46 172M100 96c24 22 46 40 54 76" stroke="#5c2f12" stroke-width="24" fill="none" stroke-linecap="round"/>
  <path d="M58 248c20-22 64-22 84 0" stroke="#5c2f12" stroke-width="22" fill="none" stroke-linecap="round"/>
  ${beads([[100, 96], [83, 112], [67, 130], [54, 150], [47, 171], [117, 112], [133, 130], [146, 150], [153, 171]])}
  ${beads([[60, 245], [79, 235], [100, 231], [121, 235], [140, 245]])}`;

const sandals = `${floor('#d8f1ee', '#b9e4df')}
  <g transform="translate(24 22) rotate(-6 100 180)">${sandal}</g>
  <g transform="translate(376 36) scale(-1 1) rotate(-6 100 180)">${sandal}</g>`;

const drops = [-3, -2, -1, 0, 1, 2, 3]
  .map((n) => {
    const x = 200 + n * 27;
    const y = 226 - n * n * 8;
    const r = 15 - Math.abs(n) * 1.6;
    return `<path d="M${x} ${y - r * 2.2}q${r * 1.3} ${r * 1.9} 0 ${r * 3.2}q${-r * 1.3} ${-r * 1.3} 0 ${-r * 3.2}z" fill="#f2c14e"/>
      <circle cx="${x}" cy="${y}" r="${r * 0.45}" fill="#c8381f"/>`;
  })
  .join('');

const earring = (x) => `<circle cx="${x}" cy="246" r="8" fill="#d49a1e"/>
  <path d="M${x} 254c30 6 36 66 0 82-36-16-30-76 0-82z" fill="#f2c14e"/>
  <path d="M${x} 272c15 6 18 36 0 48-18-12-15-42 0-48z" fill="#0f5f5a"/><circle cx="${x}" cy="298" r="6" fill="#c8381f"/>`;

const jewels = `${floor('#0f5f5a', '#15766f')}
  <path d="M86 62c6 98 52 148 114 148s108-50 114-148" fill="none" stroke="#d49a1e" stroke-width="14"/>
  <path d="M86 62c6 98 52 148 114 148s108-50 114-148" fill="none" stroke="#f7d981" stroke-width="6" stroke-dasharray="2 9" stroke-linecap="round"/>
  ${drops}${earring(110)}${earring(290)}
  <circle cx="200" cy="316" r="26" fill="none" stroke="#f2c14e" stroke-width="10"/><path d="M200 272l14 16-14 16-14-16z" fill="#c8381f"/>`;

const scarf = `
  <defs><linearGradient id="silk" x1="0" y1="0" x2="1" y2="1"><stop stop-color="#f0609a"/>
    <stop offset=".55" stop-color="#d83a7c"/><stop offset="1" stop-color="#f2a516"/></linearGradient></defs>
  ${floor('#fde3ec', '#fbcadb')}
  <path d="M176 196c-40 36-70 86-84 146l52-10 40 18c6-54 14-94 32-134z" fill="#c02a6b"/>
  <path d="M216 196c44 30 80 78 100 136l-54-4-36 24c-10-54-22-96-44-130z" fill="url(#silk)"/>
  <path d="M78 120c30-64 214-64 244 0 16 40-30 84-122 92-92-8-138-52-122-92z" fill="url(#silk)"/>
  <path d="M112 124c26-40 150-40 176 0 8 24-26 46-88 52-62-6-96-28-88-52z" fill="#a51f59"/>
  <path d="M92 116c34-40 182-40 216 0M88 148c18 30 60 44 104 50" stroke="#ffd1e1" stroke-width="5" fill="none" stroke-linecap="round" opacity=".8"/>
  <path d="M170 182c10-14 50-14 60 0l6 38c-16 14-56 14-72 0z" fill="#e8528d"/>
  <path d="M184 184l-4 38M200 182v44M216 184l4 38" stroke="#a51f59" stroke-width="4" stroke-linecap="round"/>
  <path d="M98 322l44-8 40 16M308 312l-48-4-34 22" stroke="#ffd98f" stroke-width="7" fill="none"/>
  <path d="M236 232c20 18 36 40 50 66M156 238c-14 18-28 40-38 64" stroke="#ffd1e1" stroke-width="5" fill="none" stroke-linecap="round" opacity=".7"/>`;

/** By keyword, in lower case. */
export const goods = {
  robe1: dress,
  robe2: bazin,
  sac2: bag,
  chaussure: sandals,
  bijou1: jewels,
  foulard: scarf,
};
