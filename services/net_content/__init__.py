"""Net content (定量包装商品净含量): whether a lot of prepacked goods holds what its labels say."""
