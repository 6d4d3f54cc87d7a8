/** The rooms' pages. Each room exports `routes: RoomRoute[]` from its `routes.ts`; nothing else has to be registered. */
import type { Component } from 'vue'
import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from 'vue-router'
import type { Role } from '../../src-main/platform/contract.ts'
import { roomKeys, type Combo } from './keys.ts'
import { pageTurned, pageTurning } from './type-ahead.ts'

export interface RailEntry {
  readonly icon: Component
  /**
   * Ascending from the top. The day of a counter goes downwards: 10 today, 20 customers, 30 collection, 36 the services,
   * 60 the management, 80 the program and its data.
   */
  readonly order: number
  /** Two characters; the page's title when left out. */
  readonly label?: string
}

export interface RoomRoute {
  /** From the root: '/customers/:accountId'. Parameters reach the page as props. */
  readonly path: string
  /** Title of the page, also in the window's title. */
  readonly title: string
  readonly component: () => Promise<unknown>
  /** Who sees it. The screen only hides: the backend checks every call. */
  readonly roles: readonly Role[] | 'all'
  /** Where the page stands in the rail; a page without it is reached from others. */
  readonly rail?: RailEntry
  /** Opens the page from anywhere. Stands in the one map of keys (`roomKeys`), not in the rooms. */
  readonly key?: Combo
}

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    roles?: readonly Role[] | 'all'
  }
}

const found = import.meta.glob<{ routes: readonly RoomRoute[] }>('../*/routes.ts', { eager: true })

export const roomRoutes: readonly RoomRoute[] = Object.entries(found)
  .filter(([path]) => !path.startsWith('../shell/'))
  .flatMap(([, room]) => room.routes)
  .map((route) => {
    const key = route.key ?? roomKeys[route.path]
    return key === undefined ? route : { ...route, key }
  })

export const mayOpen = (allowed: readonly Role[] | 'all', roles: readonly Role[]): boolean =>
  allowed === 'all' || allowed.some((role) => roles.includes(role))

/** A page of the rail with its key, in the order of the rail. */
export type RailRoute = RoomRoute & { readonly rail: RailEntry }

/** The rail of somebody with these roles. */
export const railFor = (routes: readonly RoomRoute[], roles: readonly Role[]): RailRoute[] =>
  routes
    .filter((route): route is RailRoute => route.rail !== undefined && mayOpen(route.roles, roles))
    .toSorted((a, b) => a.rail.order - b.rail.order)

/** The router of a window. `rolesNow` is asked at each step, so a page that is not for the operator cannot be opened. */
export function createHallRouter(rolesNow: () => readonly Role[]): Router {
  const pages: RouteRecordRaw[] = roomRoutes.map(({ path, title, component, roles }) => ({
    path,
    component,
    props: true,
    meta: { title, roles },
  }))
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      ...pages,
      { path: '/:unknown(.*)*', component: () => import('./UnknownPage.vue'), meta: { title: '没有这个页面' } },
    ],
  })
  router.beforeEach((to) => {
    if (!mayOpen(to.meta.roles ?? 'all', rolesNow())) return { path: '/' }
    // Keys pressed while its code is still loaded are for the page that comes.
    pageTurning(to.path)
    return true
  })
  router.onError(() => pageTurned())
  router.afterEach((to) => {
    pageTurned()
    document.title = to.meta.title ? `${to.meta.title} - 燃气营业厅` : '燃气营业厅'
  })
  return router
}
