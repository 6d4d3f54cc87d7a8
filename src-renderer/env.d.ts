/// <reference types="vite/client" />
/// <reference types="element-plus/global" />
import type { vLoading } from 'element-plus'
import type { CSSProperties } from 'vue'
import type { EnterDirective } from './composables/ime.ts'

// Attributes and native events that fall through to the root element of any component.
declare module 'vue' {
  interface ComponentCustomProps {
    readonly id?: string
    readonly title?: string
    readonly role?: string
    readonly autocomplete?: string
    readonly tabindex?: number | string
    readonly style?: string | CSSProperties | (string | CSSProperties)[]
    readonly [aria: `aria-${string}`]: unknown
    /** `data-field` names the input's key in the call: an error of the backend jumps to it. */
    readonly [data: `data-${string}`]: unknown
    // `never`: a component that emits an event of this name itself says what it carries.
    readonly onClick?: (event: never) => unknown
    readonly onKeydown?: (event: never) => unknown
    readonly onSubmit?: (event: never) => unknown
  }
  interface GlobalDirectives {
    vEnter: EnterDirective
    vLoading: typeof vLoading
  }
}
