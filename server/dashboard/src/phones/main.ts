import { mount } from 'svelte';
import '../base.css';
import Phones from './Phones.svelte';
import { store } from './phones.svelte';

const target = document.getElementById('app');
if (target !== null) {
  store.start();
  mount(Phones, { target });
}
