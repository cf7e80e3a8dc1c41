-- The data that a replica holds when no hydration script is configured: a small shop, always the same.

CREATE TABLE customers AS
SELECT i AS id, 'customer ' || i AS name, ['north', 'east', 'south', 'west'][1 + i % 4] AS region
FROM range(1, 1001) AS r(i);

CREATE TABLE products AS
SELECT i AS id, 'product ' || i AS name, (100 + hash(i) % 9900)::DECIMAL(10, 2) / 100 AS price
FROM range(1, 201) AS r(i);

CREATE TABLE orders AS
SELECT i AS id,
       1 + hash(i) % 1000 AS customer_id,
       1 + hash(i * 7) % 200 AS product_id,
       1 + hash(i * 13) % 5 AS quantity,
       TIMESTAMP '2026-01-01 00:00:00' + to_minutes(i) AS ordered_at
FROM range(1, 50001) AS r(i);

CREATE TABLE revenue_by_region AS
SELECT customers.region, sum(orders.quantity * products.price) AS revenue
FROM orders
JOIN customers ON customers.id = orders.customer_id
JOIN products ON products.id = orders.product_id
GROUP BY ALL;
