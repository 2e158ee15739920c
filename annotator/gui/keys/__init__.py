"""Every action and every key, as tables; menus and shortcuts made from them."""
