/** Entry of the display: the notice board on the hall's second screen, and nothing else of the program. */
import { createApp } from 'vue'
import { z } from 'zod'
import DisplayScreen from './DisplayScreen.vue'

// The page's security policy forbids code made from text, which zod would try for speed.
z.config({ jitless: true })

createApp(DisplayScreen).mount('#display')
