import { mount } from 'svelte';
import '../base.css';
import Board from './Board.svelte';
import { store } from './board.svelte';

const target = document.getElementById('app');
if (target !== null) {
  store.start();
  mount(Board, { target });
}
