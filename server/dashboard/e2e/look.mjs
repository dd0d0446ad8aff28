// Opens the pages against the mock, checks what a person would check, keeps the pictures.
//   node e2e/look.mjs [folder] [name]     exit code 0 when every check holds
import * as board from './look/board.mjs';
import * as desk from './look/desk.mjs';
import { runAll } from './look/kit.mjs';
import * as live from './look/live.mjs';
import * as phones from './look/phones.mjs';
import * as size from './look/size.mjs';
import * as states from './look/states.mjs';

const only = process.argv[3] ?? '';
const looks = Object.entries({ ...size, ...board, ...live, ...states, ...desk, ...phones });
const failed = await runAll(Object.fromEntries(looks.filter(([name]) => name.includes(only))));
process.exit(failed === 0 ? 0 : 1);
